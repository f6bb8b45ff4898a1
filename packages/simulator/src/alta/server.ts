import { type Context, Hono } from "hono";
import { Accounts } from "../accounts.ts";
import { readCookie } from "../cookies.ts";
import { isJson, readJson } from "../request-body.ts";
import { type OpenSession, Sessions } from "../sessions.ts";
import { clockOf, createVendorServer, type VendorEnv } from "../vendor-server.ts";
import type { AltaAccount, AltaOptions, AltaServer, Rotation } from "./options.ts";
import { alarmZones, devices, ongoingAlerts } from "./records.ts";
import { cookieValue, loginCookies, sessionCookie } from "./session-cookie.ts";
import { isTotpCode, totpCode } from "./totp.ts";

/** The default user agents of HTTP clients. */
const defaultUserAgent = /^(node|undici|axios|got|ky|curl|wget|python|java|okhttp|go-http-client|deno|bun)\b/i;

/** What a session still requires. */
interface AltaSession {
  requires: "nothing" | "code" | "enrolment";
}

/**
 * Creates a server that behaves like Avigilon Alta Video.
 * @example
 * const { baseUrl, account, fetch } = createAltaServer();
 * const session = createAltaSession({ baseUrl, credentials: account, fetch });
 */
export function createAltaServer(options: AltaOptions = {}): AltaServer {
  const clock = clockOf(options);
  const account = options.account ?? { username: "integration@acme.example", password: "quiet-harbour-71" };
  const accounts = new Accounts<AltaAccount>([account]);
  const sessions = new Sessions<AltaSession>(clock, options);
  let nextRotation: Rotation | undefined;
  const wrongCodes = new Map<string, number>();
  const app = new Hono<VendorEnv>();

  const refuse = (c: Context<VendorEnv>, status: 400 | 401 | 403 | 404 | 415, message: string) => {
    const { errorBodies = "json" } = options;
    if (errorBodies === "empty") return c.body(null, status);
    return errorBodies === "text" ? c.text(message, status) : c.json({ error: message }, status);
  };

  const isLocked = (username: string): boolean =>
    (wrongCodes.get(username) ?? 0) >= (options.wrongCodesToLock ?? Number.POSITIVE_INFINITY);

  // An account without a second factor accepts any code.
  const isRight = async ({ username, totpSecret }: AltaAccount, code: unknown): Promise<boolean> => {
    if (totpSecret === undefined) return true;
    const right = !isLocked(username) && (await isTotpCode(totpSecret, code, clock.now()));
    wrongCodes.set(username, right ? 0 : (wrongCodes.get(username) ?? 0) + 1);
    return right;
  };

  app.use(async (c, next) => {
    const userAgent = c.req.header("user-agent");
    const unknown = userAgent === undefined || defaultUserAgent.test(userAgent);
    if (options.rejectDefaultUserAgents && unknown) return refuse(c, 401, "unknown client");
    return next();
  });

  app.post("/api/v1/dologin", async (c) => {
    if (options.requireJson && !isJson(c)) return refuse(c, 415, "JSON expected");
    const fields = await readJson(c);
    if (fields === undefined) return refuse(c, 400, "broken JSON");
    const found = accounts.check(fields.username, fields.password);
    if (found === undefined || isLocked(found.username)) return refuse(c, 401, "bad login");
    const { code } = fields;
    const hasCode = isGiven(code) && (options.codeInLogin ?? true);
    if (hasCode && !(await isRight(found, code))) return refuse(c, 401, "bad code");
    const now = clock.now();
    const value = cookieValue(found.username, now, options);
    const requires = requirementOf(found, hasCode);
    sessions.open(value, found.username, { requires });
    if (requires === "nothing") c.env.loggedIn();
    c.env.cookies.push(...loginCookies(c.env.url, value, now, options));
    return options.loginStatus === 302 ? c.redirect("/", 302) : c.json({ username: found.username });
  });

  const opened = (c: Context<VendorEnv>) => sessions.use(readCookie(c, "va"));

  app.get("/api/v1/auth", (c) => {
    const session = opened(c);
    if (session === undefined) return refuse(c, 401, "no session");
    if (options.authRoute === false) return refuse(c, 404, "not found");
    const { requires } = session.data;
    return c.json({ mfaResetRequired: requires === "enrolment", mfaChallengeRequired: requires === "code" });
  });

  const replaceCookie = (c: Context<VendorEnv>, session: OpenSession<AltaSession>, rotation: false | Rotation) => {
    if (!rotation) return;
    const value = cookieValue(session.username, clock.now(), options);
    const old = readCookie(c, "va");
    if (rotation === "end-old" && old !== undefined) sessions.dropSecret(old);
    sessions.addSecret(value, session);
    c.env.cookies.push(sessionCookie(c.env.url, value, clock.now(), options));
  };

  app.post("/api/v1/totp", async (c) => {
    const session = opened(c);
    if (session === undefined) return refuse(c, 401, "no session");
    const found = accounts.find(session.username);
    const fields = await readJson(c);
    if (fields === undefined || found?.totpSecret === undefined) return refuse(c, 400, "no second factor");
    if (!isGiven(fields.code)) return refuse(c, 400, "no code");
    if (!(await isRight(found, fields.code))) return refuse(c, options.wrongCodeStatus ?? 401, "bad code");
    if (session.data.requires === "code") c.env.loggedIn();
    session.data.requires = "nothing";
    replaceCookie(c, session, options.rotateAtCode ?? false);
    return c.body(null, 200);
  });

  app.post("/api/v1/logout", (c) => {
    const session = opened(c);
    if (session === undefined) return refuse(c, 401, "no session");
    sessions.close(session);
    return c.body(null, 200);
  });

  const data = (path: string, answer: (session: OpenSession<AltaSession>) => object) => {
    app.get(path, (c) => {
      const session = opened(c);
      if (session === undefined || session.data.requires !== "nothing") return refuse(c, 401, "no session");
      replaceCookie(c, session, nextRotation ?? options.rotate ?? false);
      nextRotation = undefined;
      return c.json(answer(session));
    });
  };
  data("/api/v1/me", ({ username }) => ({ username, name: "Acme integration" }));
  data("/api/v1/alarmZones", () => alarmZones);
  data("/api/v1/devices", () => devices);
  data("/api/v1/ongoingAlerts", () => ongoingAlerts);
  // Without a session, an unknown path gets the same response as a known one.
  app.notFound((c) => (opened(c) === undefined ? refuse(c, 401, "no session") : refuse(c, 404, "not found")));

  const server = createVendorServer({
    vendor: "alta",
    origin: options.origin ?? "https://acme.eu.alta.avigilon.com",
    firstCall: "api/v1/alarmZones",
    account,
    options,
    clock,
    app,
    accounts,
    sessions,
    isLogin: ({ method, path }) => method === "POST" && path === "/api/v1/dologin",
    forget: () => {
      nextRotation = undefined;
      wrongCodes.clear();
    },
  });
  return Object.assign(server, {
    vendor: "alta" as const,
    rotateNext: (rotation: Rotation = "keep-old") => {
      nextRotation = rotation;
    },
    totpCode: (username: string) => {
      const secret = accounts.find(username)?.totpSecret;
      if (secret === undefined) throw new Error(`[@vms/simulator] "${username}" has no second factor.`);
      return totpCode(secret, clock.now());
    },
  });
}

/** An empty code counts as no code, not as a wrong one. */
function isGiven(code: unknown): boolean {
  return code !== undefined && code !== null && code !== "";
}

function requirementOf(account: AltaAccount, hasCode: boolean): AltaSession["requires"] {
  if (account.mustEnrol) return "enrolment";
  return account.totpSecret !== undefined && !hasCode ? "code" : "nothing";
}
