import type { Hono } from "hono";
import { parseFields } from "../bodies.ts";
import type { VendorEnv } from "../vendor-server.ts";
import type { Desk } from "./desk.ts";
import { pageOf, sessionRecord } from "./records.ts";

/** Users and sessions. */
export function dataRoutes(app: Hono<VendorEnv>, desk: Desk): void {
  const { accounts, sessions } = desk;

  app.get("/users/me/", (c) => {
    const session = desk.enter(c);
    return session instanceof Response ? session : c.json(desk.user(session.username));
  });

  app.get("/users/", (c) => {
    const session = desk.enter(c, "view_user");
    if (session instanceof Response) return session;
    const users = accounts.all().map(({ username }) => desk.user(username));
    return c.json(pageOf(users, c.req.query("limit"), c.req.query("page")));
  });

  app.get("/sessions/", (c) => {
    const session = desk.enter(c, "view_session");
    if (session instanceof Response) return session;
    const records = sessions
      .alive()
      .map((open) => sessionRecord(open, desk.userId(open.username), desk.blocked.has(open.data.uuid), desk.time));
    if (desk.options.sessionList === "array") return c.json(records);
    return c.json(pageOf(records, c.req.query("limit"), c.req.query("page")));
  });

  app.delete("/sessions/:id/", (c) => {
    const session = desk.enter(c, "delete_session");
    if (session instanceof Response) return session;
    const id = c.req.param("id");
    if (!sessions.alive().some(({ data }) => String(data.id) === id))
      return desk.refuse(c, 404, "NOT_FOUND", "notFound");
    sessions.closeWhere(({ data }) => String(data.id) === id);
    return c.body(null, 204);
  });

  app.post("/sessions/delete/", async (c) => {
    const session = desk.enter(c, "delete_session");
    if (session instanceof Response) return session;
    const ids: unknown = parseFields(await c.req.text())?.id_in;
    if (!Array.isArray(ids)) return desk.refuse(c, 400, "BAD_PARAM", "required", { param: "id_in" });
    sessions.closeWhere(({ data }) => ids.includes(data.id));
    return c.body(null, 204);
  });
}
