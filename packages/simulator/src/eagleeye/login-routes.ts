import type { Context, Hono } from "hono";
import type { Accounts } from "../accounts.ts";
import { readCookie } from "../cookies.ts";
import { readFields } from "../request-body.ts";
import type { VendorEnv } from "../vendor-server.ts";
import { type LoginToken, type LoginTokens, statesOf } from "./login-tokens.ts";
import type { EagleEyeAccount, EagleEyeKeyHeader, EagleEyeOptions, EagleEyeState } from "./options.ts";
import { cookieFor } from "./session-id.ts";

/** The statuses of accounts that cannot sign in, checked after the password in the documented order. */
const refusals: readonly [EagleEyeState, number][] = [
  ["account-suspended", 402],
  ["account-inactive", 460],
  ["account-pending", 461],
  ["user-disabled", 412],
  ["ip-not-allowed", 465],
];

/** The parts of the server that the login needs. */
export interface LoginParts {
  readonly options: EagleEyeOptions;
  readonly accounts: Accounts<EagleEyeAccount>;
  readonly loginTokens: LoginTokens;
  /** Opens a session, sets its cookie and responds with the user. */
  readonly open: (c: Context<VendorEnv>, username: string) => Response;
}

/** An empty response with a documented status. */
export function bare(status: number): Response {
  // Hono's status type excludes 460 and others.
  return new Response(null, { status });
}

/** The routes of a login: authenticate, the second factor, authorize. */
export function loginRoutes(app: Hono<VendorEnv>, { options, accounts, loginTokens, open }: LoginParts): void {
  app.use("/g/aaa/*", async (c, next) => {
    if (options.apiKey === undefined) return next();
    return carriesApiKey(c, options.apiKey, options.apiKeyHeader) ? next() : bare(403);
  });

  app.post("/g/aaa/authenticate", async (c) => {
    const { username, password, realm, tfa_key: keyField } = (await readFields(c)) ?? {};
    if (!isText(username) || !isText(password)) return bare(400);
    if (options.realm !== undefined && realm !== options.realm) return bare(400);
    if (statesOf(accounts.find(username)?.state).includes("user-pending")) return bare(462);
    const account = accounts.check(username, password);
    if (account === undefined) {
      loginTokens.countPassword(username, false);
      return bare(401);
    }
    const refusal = refusalOf(account);
    if (refusal !== undefined) return bare(refusal);
    loginTokens.countPassword(username, true);
    const { rememberTokenPlacement = "either" } = options;
    const inBody = rememberTokenPlacement !== "cookie" && isText(keyField) ? keyField : undefined;
    const inCookie = rememberTokenPlacement !== "parameter" ? readCookie(c, "tfa_key") : undefined;
    const { token, needsCode } = loginTokens.issue(account, inBody ?? inCookie);
    return c.json(needsCode ? { token, two_factor_authentication_code: hints(account) } : { token });
  });

  app.post("/g/aaa/two_factor_authenticate", async (c) => {
    const { token, two_factor_authentication_type: type } = (await readFields(c)) ?? {};
    const loginToken = loginTokens.find(token);
    if (loginToken === undefined || !isText(type)) return bare(400);
    if (type !== "sms" && type !== "email") {
      return bare(loginToken.needsCode ? 415 : 412);
    }
    const to = loginToken.account.secondFactor?.[type];
    if (to === undefined) return bare(412);
    const refusal = options.cannotSend?.[type];
    if (refusal !== undefined) return bare(refusal);
    loginTokens.send(loginToken, type, to);
    return c.body(null, 200);
  });

  app.post("/g/aaa/authorize", async (c) => {
    const { token, two_factor_authentication_code: code } = (await readFields(c)) ?? {};
    if (!isText(token)) return bare(400);
    const loginToken = loginTokens.find(token);
    if (loginToken === undefined) return bare(401);
    const refusal = checkCode(loginToken, code);
    if (refusal === 406 && options.wrongCodeSpendsToken) loginTokens.remove(loginToken);
    if (refusal !== undefined) return bare(refusal);
    loginTokens.remove(loginToken);
    const { username } = loginToken.account;
    const givesKey = loginToken.needsCode && (options.setsTfaKey ?? true);
    if (givesKey) c.env.cookies.push(cookieFor(c.env.url, "tfa_key", loginTokens.trust(username)));
    c.env.loggedIn();
    return open(c, username);
  });

  /** The first status that applies, in the documented order. A locked user gets the status of a disabled one. */
  const refusalOf = (account: EagleEyeAccount): number | undefined => {
    const { passwordLockStatus = 412 } = options;
    const states = new Set<string>(statesOf(account.state));
    if (loginTokens.isLocked(account)) states.add("user-disabled");
    const isPasswordLocked = loginTokens.isPasswordLocked(account);
    if (isPasswordLocked && passwordLockStatus === 412) states.add("user-disabled");
    const [, status] = refusals.find(([state]) => states.has(state)) ?? [];
    return status ?? (isPasswordLocked ? passwordLockStatus : undefined);
  };

  /** The status of a rejected code; `undefined` if the code is right or not needed. */
  const checkCode = (loginToken: LoginToken, code: unknown): number | undefined => {
    const isMissing = loginToken.code === undefined || !isText(code);
    if (loginToken.needsCode && isMissing) return 401;
    if (loginTokens.isLocked(loginToken.account)) return 429;
    if (!loginToken.needsCode || loginTokens.checkCode(loginToken, code)) return undefined;
    return loginTokens.isLocked(loginToken.account) ? 429 : 406;
  };
}

const apiKeyHeaders: readonly EagleEyeKeyHeader[] = [
  "Authorization: KEY",
  "Authorization: KEY:",
  "Authentication: KEY",
  "Authentication: KEY:",
];

function carriesApiKey(c: Context<VendorEnv>, key: string, only: EagleEyeKeyHeader | undefined): boolean {
  return (only === undefined ? apiKeyHeaders : [only]).some((form) => {
    const [name = "", value] = form.replace("KEY", () => key).split(": ");
    return c.req.header(name) === value;
  });
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** The masked addresses, and the vendor's text for a missing phone number. */
function hints({ secondFactor: { sms, email } = {} }: EagleEyeAccount): object {
  return {
    sms: sms === undefined ? "No sms phone found" : `*** *** ${sms.slice(-3)}`,
    ...(email === undefined ? {} : { email: `****@${email.split("@").at(-1)}` }),
  };
}
