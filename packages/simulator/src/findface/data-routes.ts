import type { Hono } from "hono";
import { readJson } from "../request-body.ts";
import type { VendorEnv } from "../vendor-server.ts";
import type { Installation } from "./installation.ts";
import { pageOf } from "./pages.ts";
import { type SessionRecord, sessionRecord } from "./records.ts";
import { filterSessions } from "./session-filters.ts";

/** The default time from a device's last request until it is offline, in ms. */
const offlineAfterDefault = 300_000;

/** The routes for users and sessions. */
export function dataRoutes(app: Hono<VendorEnv>, installation: Installation): void {
  const { accounts, sessions, clock, options } = installation;

  const records = (): SessionRecord[] =>
    sessions.alive().map((open) => {
      const isOnline = clock.now() - open.lastUsedAt < (options.offlineAfter ?? offlineAfterDefault);
      return sessionRecord(open, installation.userId(open.username), isOnline, installation.time);
    });

  app.get("/users/me/", (c) => {
    const session = installation.enter(c);
    return session instanceof Response ? session : c.json(installation.user(session.username));
  });

  app.get("/users/", (c) => {
    const session = installation.enter(c, "view_user");
    if (session instanceof Response) return session;
    const users = accounts.all().map(({ username }) => installation.user(username));
    return c.json(pageOf(users, c.env.url, options.pageLinks));
  });

  app.get("/sessions/", (c) => {
    const session = installation.enter(c, "view_session");
    if (session instanceof Response) return session;
    const found = filterSessions(records(), c.env.url.searchParams);
    if (!Array.isArray(found)) {
      return installation.refuse(c, 400, "BAD_PARAM", found.message, { param: found.param });
    }
    return c.json(options.sessionList === "array" ? found : pageOf(found, c.env.url, options.pageLinks));
  });

  app.get("/sessions/:id/", (c) => {
    const session = installation.enter(c, "view_session");
    if (session instanceof Response) return session;
    const record = records().find(({ id }) => String(id) === c.req.param("id"));
    return record === undefined ? installation.refuse(c, 404, "NOT_FOUND", "notFound") : c.json(record);
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
    const ids: unknown = (await readJson(c))?.id_in;
    if (!Array.isArray(ids)) return installation.refuse(c, 400, "BAD_PARAM", "required", { param: "id_in" });
    sessions.closeWhere(({ data }) => ids.includes(data.id));
    return c.body(null, 204);
  });
}
