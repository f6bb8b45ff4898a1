import { type Context, Hono } from "hono";
import { Accounts } from "../accounts.ts";
import { decodeBase64 } from "../base64.ts";
import { randomHex } from "../random.ts";
import { isFields, parseFields, readJson } from "../request-body.ts";
import { Sessions } from "../sessions.ts";
import { clockOf, createVendorServer, type VendorEnv } from "../vendor-server.ts";
import type { AlertSiteAccount, AlertSiteOptions, AlertSiteServer } from "./options.ts";
import { deviceRecord, devices, devicesOf, locations } from "./records.ts";

const basePath = "/alertsite-restapi";
const codes = {
  badLogin: [40, "Invalid login information."],
  notActivated: [47, "Account not activated."],
  notEntitled: [64, "Not entitled."],
  badDevice: [65, "Invalid device."],
} as const;

/** The credential of a call. */
interface Credential {
  readonly login: string;
  readonly session: string;
}

/**
 * Creates a server that behaves like SmartBear AlertSite's JSON API.
 * @example
 * const { baseUrl, account, fetch } = createAlertSiteServer();
 * const session = createAlertSiteSession({ baseUrl, credentials: account, fetch });
 */
export function createAlertSiteServer(options: AlertSiteOptions = {}): AlertSiteServer {
  const clock = clockOf(options);
  const account = options.account ?? { username: "monitor@acme.example", password: "copper-meadow-64" };
  const accounts = new Accounts<AlertSiteAccount>([account]);
  const { lifetime, idleTimeout = 15 * 60_000, expiredCode = codes.badLogin[0], precedence = "query" } = options;
  const sessions = new Sessions<null>(clock, { lifetime, idleTimeout });
  const app = new Hono<VendorEnv>().basePath(basePath);

  const answer = (metadata: object, code: number, message: string, rest: object = {}) => {
    const status = options.statusType === "number" ? code : String(code);
    const http = code === 0 ? 200 : (options.errorStatus ?? 200);
    return Response.json({ metadata: { ...metadata, status, message }, ...rest }, { status: http });
  };

  app.post("/login", async (c) => {
    const { login, password } = (await readJson(c)) ?? {};
    const found = accounts.check(login, password);
    const metadata = { login: typeof login === "string" ? login : "" };
    if (found === undefined) return answer(metadata, ...codes.badLogin);
    if (found.state === "not-activated") return answer(metadata, ...codes.notActivated);
    const session = randomHex(8);
    sessions.open(session, found.username, null);
    c.env.loggedIn();
    return answer({ ...metadata, session }, 0, "No errors.");
  });

  const data = (path: string, handle: Handle) => app.get(path, (c) => enter(c, handle));
  const enter = (c: Context<VendorEnv>, handle: Handle) => {
    const credential = credentialOf(c, precedence);
    const open = sessions.find(credential?.session);
    const user = open === undefined ? undefined : accounts.find(open.username);
    if (open === undefined || user === undefined || credential?.login !== user.username) {
      return answer({ login: credential?.login ?? "" }, expiredCode, codes.badLogin[1]);
    }
    const echo = (options.echoSession ?? true) ? credential : { login: credential.login };
    const reply: Reply = (code, message, rest) => {
      if (code === 0 || (options.failedCallIsUse ?? true)) sessions.use(credential.session);
      return answer(echo, code, message, rest);
    };
    return handle(reply, user, c);
  };
  data("/locations", (reply) => reply(0, "No errors.", { results: locations }));
  data("/devices", (reply, { state }, c) => {
    if (state === "not-entitled") return reply(...codes.notEntitled);
    const found = devicesOf(c.env.url.searchParams);
    return found === undefined ? reply(...codes.badDevice) : reply(0, "No errors.", { results: found });
  });
  data("/devices/:id", (reply, { state }, c) => {
    if (state === "not-entitled") return reply(...codes.notEntitled);
    const device = devices.find(({ id }) => id === c.req.param("id"));
    return device === undefined
      ? reply(...codes.badDevice)
      : reply(0, "No errors.", { results: [deviceRecord(device, false)] });
  });
  // Without a session, an unknown path gets the same response as a known one.
  const nothing = () => new Response(null, { status: 404 });
  app.notFound((c) => (c.req.path.startsWith(`${basePath}/`) ? enter(c, nothing) : nothing()));

  const server = createVendorServer({
    vendor: "alertsite",
    origin: options.origin ?? "https://www.alertsite.com",
    basePath,
    firstCall: "locations",
    account,
    options,
    clock,
    app,
    accounts,
    sessions,
    isEnded: ({ body }) => {
      const metadata = parseFields(new TextDecoder().decode(body))?.metadata;
      return isFields(metadata) && Number(metadata.status) === expiredCode;
    },
    isLogin: ({ method, path }) => method === "POST" && path === `${basePath}/login`,
  });
  return Object.assign(server, { vendor: "alertsite" as const });
}

type Handle = (reply: Reply, account: AlertSiteAccount, c: Context<VendorEnv>) => Response;
type Reply = (code: number, message: string, rest?: object) => Response;

function credentialOf(c: Context<VendorEnv>, precedence: "query" | "header"): Credential | undefined {
  const inQuery = fromQuery(c);
  const inHeader = fromHeader(c.req.header("authorization"));
  return precedence === "query" ? (inQuery ?? inHeader) : (inHeader ?? inQuery);
}

function fromQuery(c: Context<VendorEnv>): Credential | undefined {
  const login = c.req.query("login");
  const session = c.req.query("session");
  return login === undefined || session === undefined ? undefined : { login, session };
}

function fromHeader(header: string | undefined): Credential | undefined {
  const [, encoded = ""] = /^Bearer (\S+)$/i.exec(header ?? "") ?? [];
  const pair = decodeBase64(encoded) ?? "";
  const at = pair.lastIndexOf(":");
  return at < 0 ? undefined : { login: pair.slice(0, at), session: pair.slice(at + 1) };
}
