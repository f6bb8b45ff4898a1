import { type Context, Hono } from "hono";
import { Accounts } from "../accounts.ts";
import { randomHex } from "../random.ts";
import { readFields } from "../request-body.ts";
import { Sessions } from "../sessions.ts";
import { clockOf, createVendorServer, type VendorEnv } from "../vendor-server.ts";
import { dataRoutes, type EagleEyeSession } from "./data-routes.ts";
import { bare, loginRoutes } from "./login-routes.ts";
import { LoginTokens } from "./login-tokens.ts";
import type { EagleEyeAccount, EagleEyeOptions, EagleEyeServer } from "./options.ts";
import { accountIds, userOf } from "./records.ts";
import { cookieFor, sessionIdOf, vendorDomain } from "./session-id.ts";

/**
 * Creates a server that behaves like Eagle Eye Networks' classic API.
 * @example
 * const { baseUrl, account, fetch } = createEagleEyeServer();
 * const session = createEagleEyeSession({ baseUrl, credentials: account, fetch });
 */
export function createEagleEyeServer(options: EagleEyeOptions = {}): EagleEyeServer {
  const clock = clockOf(options);
  const account = options.account ?? { username: "robin@acme.example", password: "silver-orchard-52" };
  const accounts = new Accounts<EagleEyeAccount>([account]);
  const sessions = new Sessions<EagleEyeSession>(clock, options);
  const loginTokens = new LoginTokens(clock, options);
  const { brand = "c001", cookieName = "both" } = options;
  const app = new Hono<VendorEnv>();

  const lastLogins = new Map<string, number>();
  const userAt = (username: string, activeAccount: string = accountIds[0]) => {
    const index = accounts.all().findIndex((other) => other.username === username);
    return userOf(username, index, activeAccount, brand, lastLogins.get(username) ?? 0);
  };
  const find = async (c: Context<VendorEnv>) => sessions.find(await sessionIdOf(c));
  const use = async (c: Context<VendorEnv>) => sessions.use(await sessionIdOf(c));

  loginRoutes(app, {
    options,
    accounts,
    loginTokens,
    open: (c, username) => {
      const id = `c001~${randomHex(16)}`;
      const session = sessions.open(id, username, { activeAccount: accountIds[0] });
      const names = cookieName === "both" ? ["videobank_sessionid", "auth_key"] : [cookieName];
      for (const name of names) c.env.cookies.push(cookieFor(c.env.url, name, id));
      lastLogins.set(username, clock.now());
      return c.json(userAt(username, session.data.activeAccount));
    },
  });

  app.get("/g/aaa/isauth", async (c) => {
    const session = await ((options.isauthIsUse ?? true) ? use(c) : find(c));
    return session === undefined ? bare(401) : c.json(true);
  });

  app.post("/g/aaa/logout", async (c) => {
    const session = await find(c);
    if (session === undefined) return bare(401);
    sessions.close(session);
    return c.body(null, 204);
  });

  app.post("/g/aaa/switch_account", async (c) => {
    const { account_id: id = accountIds[0] } = (await readFields(c)) ?? {};
    if (typeof id !== "string" || id === "") return bare(400);
    const session = await use(c);
    if (session === undefined) return bare(401);
    if (!accountIds.some((known) => known === id)) return bare(404);
    session.data.activeAccount = id;
    return c.body(null, 200);
  });

  app.use("/g/*", async (c, next) => {
    const fails = (options.trailingSlashFails ?? true) && c.req.path.endsWith("/");
    return fails ? bare(500) : next();
  });

  dataRoutes(app, {
    use,
    user: ({ username, data }) => userAt(username, data.activeAccount),
    users: () => accounts.all().map(({ username }) => userAt(username)),
  });
  app.notFound(() => bare(404));

  const server = createVendorServer({
    vendor: "eagleeye",
    origin: options.origin ?? `https://login.${vendorDomain}`,
    firstCall: "g/device/list",
    account,
    options,
    clock,
    app,
    accounts,
    sessions,
    isLogin: ({ method, path }) => method === "POST" && path === "/g/aaa/authenticate",
    alsoHost: (hostname) => hostname.endsWith(`.${vendorDomain}`),
    forget: () => {
      loginTokens.forget();
      lastLogins.clear();
    },
  });
  const forgetTrustedKeys = () => loginTokens.forgetTrustedKeys();
  return Object.assign(server, { vendor: "eagleeye" as const, inbox: loginTokens.inbox, forgetTrustedKeys });
}
