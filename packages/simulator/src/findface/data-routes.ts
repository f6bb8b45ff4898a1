import type { Hono } from "hono";
import { parseFields } from "../request-body.ts";
import type { VendorEnv } from "../vendor-server.ts";
import type { Installation } from "./installation.ts";
import { pageOf, sessionRecord } from "./records.ts";

/** The routes for users and sessions. */
export function dataRoutes(app: Hono<VendorEnv>, installation: Installation): void {
  const { accounts, sessions } = installation;

  app.get("/users/me/", (c) => {
    const session = installation.enter(c);
    return session instanceof Response ? session : c.json(installation.user(session.username));
  });

  app.get("/users/", (c) => {
    const session = installation.enter(c, "view_user");
    if (session instanceof Response) return session;
    const users = accounts.all().map(({ username }) => installation.user(username));
    return c.json(pageOf(users, c.req.query("limit"), c.req.query("page")));
  });

  app.get("/sessions/", (c) => {
    const session = installation.enter(c, "view_session");
    if (session instanceof Response) return session;
    const records = sessions
      .alive()
      .map((open) =>
        sessionRecord(
          open,
          installation.userId(open.username),
          installation.blocked.has(open.data.uuid),
          installation.time,
        ),
      );
    if (installation.options.sessionList === "array") return c.json(records);
    return c.json(pageOf(records, c.req.query("limit"), c.req.query("page")));
  });

  app.delete("/sessions/:id/", (c) => {
    const session = installation.enter(c, "delete_session");
    if (session instanceof Response) return session;
    const id = c.req.param("id");
    if (!sessions.alive().some(({ data }) => String(data.id) === id))
      return installation.refuse(c, 404, "NOT_FOUND", "notFound");
    sessions.closeWhere(({ data }) => String(data.id) === id);
    return c.body(null, 204);
  });

  app.post("/sessions/delete/", async (c) => {
    const session = installation.enter(c, "delete_session");
    if (session instanceof Response) return session;
    const ids: unknown = parseFields(await c.req.text())?.id_in;
    if (!Array.isArray(ids)) return installation.refuse(c, 400, "BAD_PARAM", "required", { param: "id_in" });
    sessions.closeWhere(({ data }) => ids.includes(data.id));
    return c.body(null, 204);
  });
}
