import { Hono } from "hono";
import { Accounts } from "../accounts.ts";
import { Sessions } from "../sessions.ts";
import { clockOf, createVendorServer, type VendorEnv } from "../vendor-server.ts";
import { dataRoutes } from "./data-routes.ts";
import { createInstallation } from "./installation.ts";
import { loginRoutes } from "./login-routes.ts";
import type { FindFaceAccount, FindFaceOptions, FindFaceServer } from "./options.ts";
import type { Device } from "./records.ts";

/** The default lifetime: 180 days, in ms. */
const longest = 15_552_000_000;

/**
 * Creates a server that behaves like NtechLab FindFace Multi.
 * @example
 * const { baseUrl, account, fetch } = createFindFaceServer();
 * const session = createFindFaceSession({ baseUrl, credentials: account, fetch });
 */
export function createFindFaceServer(options: FindFaceOptions = {}): FindFaceServer {
  const clock = clockOf(options);
  const account: FindFaceAccount = options.account ?? {
    username: "operator",
    password: "velvet-signal-39",
    face: "the operator's face",
  };
  const accounts = new Accounts<FindFaceAccount>([account]);
  const { lifetime = longest, idleTimeout, basePath = "" } = options;
  const sessions = new Sessions<Device>(clock, { lifetime, idleTimeout });
  const blocked = new Set<string>();
  const app = new Hono<VendorEnv>().basePath(basePath);
  const installation = createInstallation(options, clock, accounts, sessions, blocked);
  loginRoutes(app, installation);
  dataRoutes(app, installation);
  // Without a session, an unknown path gets the same response as a known one.
  app.notFound((c) => {
    const session = c.req.path.startsWith(`${basePath}/`) ? installation.enter(c) : undefined;
    return session instanceof Response ? session : installation.refuse(c, 404, "NOT_FOUND", "notFound");
  });

  const server = createVendorServer({
    vendor: "findface",
    origin: options.origin ?? "https://findface.example",
    basePath,
    firstCall: "users/me/",
    account,
    options,
    clock,
    app,
    accounts,
    sessions: {
      alive: () => sessions.alive().filter(({ data }) => data.active && !data.blocked),
      closeAll: () => sessions.closeAll(),
    },
    isLogin: ({ method, path }) =>
      method === "POST" &&
      (path === `${basePath}/auth/login/` ||
        // With face and password, only the password counts as a login attempt.
        (path === `${basePath}/auth/video-auth/` && options.mode !== "face_and_password")),
    forget: () => blocked.clear(),
  });
  return Object.assign(server, {
    vendor: "findface" as const,
    account,
    blockDevice: (uuid: string, isBlocked = true) => {
      if (!isBlocked) {
        blocked.delete(uuid);
        sessions.closeWhere(({ data }) => data.blocked && data.uuid === uuid);
        return;
      }
      blocked.add(uuid);
      for (const { data } of sessions.alive()) if (data.uuid === uuid) data.blocked = true;
    },
  });
}
