import { type Context, Hono } from "hono";
import { type Account, Accounts } from "../accounts.ts";
import { randomHex } from "../random.ts";
import { readJson } from "../request-body.ts";
import { Sessions } from "../sessions.ts";
import { clockOf, createVendorServer, type VendorEnv } from "../vendor-server.ts";
import type { YourVendorOptions, YourVendorServer } from "./options.ts";
import { cameras } from "./records.ts";

/**
 * Creates a server that behaves like Your Vendor. Its `fetch` reaches it in process.
 * @example
 * const { baseUrl, account, fetch } = createYourVendorServer();
 * const session = createYourVendorSession({ baseUrl, credentials: account, fetch });
 */
export function createYourVendorServer(options: YourVendorOptions = {}): YourVendorServer {
  const clock = clockOf(options);
  const account = options.account ?? { username: "ada@acme.example", password: "hollow-lantern-47" };
  const accounts = new Accounts<Account>([account]);
  const sessions = new Sessions<null>(clock, options);
  const app = new Hono<VendorEnv>();

  // Write this: the vendor's responses, from its documentation and not from its package. These are made up.
  const refuse = (c: Context<VendorEnv>, status: 401 | 404, error: string) => c.json({ error }, status);

  app.post("/api/login", async (c) => {
    const { username, password } = (await readJson(c)) ?? {};
    const found = accounts.check(username, password);
    if (found === undefined) return refuse(c, 401, "wrong user name or password");
    const token = randomHex(20);
    sessions.open(token, found.username, null);
    c.env.loggedIn();
    return c.json({ token });
  });

  const opened = (c: Context<VendorEnv>) => {
    const [, token] = /^Bearer (.+)$/.exec(c.req.header("authorization") ?? "") ?? [];
    return sessions.use(token);
  };

  app.post("/api/logout", (c) => {
    const session = opened(c);
    if (session === undefined) return refuse(c, 401, "no session");
    sessions.close(session);
    return c.body(null, 204);
  });

  app.get("/api/cameras", (c) => (opened(c) === undefined ? refuse(c, 401, "no session") : c.json(cameras)));
  // Without a session, an unknown path gets the same response as a known one.
  app.notFound((c) => (opened(c) === undefined ? refuse(c, 401, "no session") : refuse(c, 404, "not found")));

  const server = createVendorServer({
    vendor: "your-vendor",
    origin: options.origin ?? "https://your-vendor.example",
    firstCall: "api/cameras",
    account,
    options,
    clock,
    app,
    accounts,
    sessions,
    isLogin: ({ method, path }) => method === "POST" && path === "/api/login",
  });
  return Object.assign(server, { vendor: "your-vendor" as const });
}
