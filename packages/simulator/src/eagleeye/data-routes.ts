import type { Context, Hono } from "hono";
import type { OpenSession } from "../sessions.ts";
import type { VendorEnv } from "../vendor-server.ts";
import { deviceList, devices } from "./devices.ts";
import { bare } from "./login-routes.ts";
import { accountList, type EagleEyeUser, listedUser } from "./records.ts";

/** The account that a session uses. */
export interface EagleEyeSession {
  activeAccount: string;
}

/** The parts of the server that the data calls need. */
export interface DataParts {
  /** Returns the session of a request, and counts the request as a use of it. */
  readonly use: (c: Context<VendorEnv>) => Promise<OpenSession<EagleEyeSession> | undefined>;
  readonly user: (session: OpenSession<EagleEyeSession>) => EagleEyeUser;
  readonly users: () => EagleEyeUser[];
}

/** The routes for users, devices and accounts. */
export function dataRoutes(app: Hono<VendorEnv>, { use, user, users }: DataParts): void {
  const data = (path: string, answer: (session: OpenSession<EagleEyeSession>, query: URLSearchParams) => Answer) => {
    app.on(["GET", "POST", "PUT", "DELETE"], path, async (c) => {
      const session = await use(c);
      if (session === undefined) return bare(401);
      // The data never changes: the other methods only read `A` from the body.
      const found = answer(session, c.env.url.searchParams);
      return typeof found === "number" ? bare(found) : c.json(found);
    });
  };

  data("/g/user", (session, query) => {
    const own = user(session);
    const id = query.get("id");
    return id === null || id === own.id ? own : (users().find((other) => other.id === id) ?? 404);
  });
  data("/g/user/list", () => users().map(listedUser));
  data("/g/device", ({ data: { activeAccount } }, query) => {
    const id = query.get("id");
    if (id === null) return 400;
    return devices.find((device) => device.id === id && device.account_id === activeAccount) ?? 404;
  });
  data("/g/device/list", ({ data: { activeAccount } }, query) => deviceList(activeAccount, query));
  data("/g/account/list", () => accountList);
}

/** The data, or the status of a rejected call. */
type Answer = object | 400 | 404;
