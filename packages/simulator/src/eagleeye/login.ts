import type { Context, Hono } from "hono";
import type { Accounts } from "../accounts.ts";
import { readCookie, readFields } from "../bodies.ts";
import type { VendorEnv } from "../vendor-server.ts";
import type { EagleEyeAccount, EagleEyeOptions, EagleEyeState } from "./options.ts";
import { cookieFor } from "./session.ts";
import { statesOf, type Ticket, type Tickets } from "./tickets.ts";

/** The refusals that come after the password, in the documented order. */
const refusals: readonly [EagleEyeState, number][] = [
  ["account-suspended", 402],
  ["account-inactive", 460],
  ["account-pending", 461],
  ["user-disabled", 412],
  ["ip-not-allowed", 465],
];

/** What the login needs of the server. */
export interface LoginParts {
  readonly options: EagleEyeOptions;
  readonly accounts: Accounts<EagleEyeAccount>;
  readonly tickets: Tickets;
  /** Opens a session, sets its cookie and answers with the user. */
  readonly open: (c: Context<VendorEnv>, username: string) => Response;
}

/** An answer of which only the status is documented. */
export function bare(status: number): Response {
  // Not by Hono: its type of a status does not know 460 and its like.
  return new Response(null, { status });
}

/** Authenticate, the second factor, authorize. */
export function loginRoutes(app: Hono<VendorEnv>, { options, accounts, tickets, open }: LoginParts): void {
  app.use("/g/aaa/*", async (c, next) => {
    if (options.apiKey === undefined) return next();
    const key = c.req.header("authentication") ?? c.req.header("authorization") ?? "";
    return key.replace(/:$/, "") === options.apiKey ? next() : bare(403);
  });

  app.post("/g/aaa/authenticate", async (c) => {
    const { username, password, realm, tfa_key: keyField } = (await readFields(c)) ?? {};
    if (!isText(username) || !isText(password)) return bare(400);
    if (options.realm !== undefined && realm !== options.realm) return bare(400);
    if (statesOf(accounts.find(username)?.state).includes("user-pending")) return bare(462);
    const account = accounts.check(username, password);
    if (account === undefined) return bare(401);
    const refusal = refusals.find(([state]) => statesOf(account.state).includes(state));
    if (refusal !== undefined) return bare(refusal[1]);
    const { tfaKeyIn = "either" } = options;
    const inBody = tfaKeyIn !== "cookie" && isText(keyField) ? keyField : undefined;
    const inCookie = tfaKeyIn !== "parameter" ? readCookie(c, "tfa_key") : undefined;
    const { token, needsCode } = tickets.issue(account, inBody ?? inCookie);
    return c.json(needsCode ? { token, two_factor_authentication_code: hints(account) } : { token });
  });

  app.post("/g/aaa/two_factor_authenticate", async (c) => {
    const { token, two_factor_authentication_type: type } = (await readFields(c)) ?? {};
    const ticket = tickets.find(token);
    if (ticket === undefined || !isText(type)) return bare(400);
    if (type !== "sms" && type !== "email") {
      return bare(ticket.needsCode ? 415 : 412);
    }
    const to = ticket.account.secondFactor?.[type];
    if (to === undefined) return bare(412);
    const refusal = options.cannotSend?.[type];
    if (refusal !== undefined) return bare(refusal);
    tickets.send(ticket, type, to);
    return c.body(null, 200);
  });

  app.post("/g/aaa/authorize", async (c) => {
    const { token, two_factor_authentication_code: code } = (await readFields(c)) ?? {};
    if (!isText(token)) return bare(400);
    const ticket = tickets.find(token);
    if (ticket === undefined) return bare(401);
    const refusal = checkCode(ticket, code);
    if (refusal === 406 && options.wrongCodeSpendsToken) tickets.spend(ticket);
    if (refusal !== undefined) return bare(refusal);
    tickets.spend(ticket);
    const { username } = ticket.account;
    const givesKey = ticket.needsCode && (options.setsTfaKey ?? true);
    if (givesKey) c.env.cookies.push(cookieFor(c.env.url, "tfa_key", tickets.trust(username)));
    c.env.loggedIn();
    return open(c, username);
  });

  /** The status that refuses, or nothing when the way is free. */
  const checkCode = (ticket: Ticket, code: unknown): number | undefined => {
    const isMissing = ticket.code === undefined || !isText(code);
    if (ticket.needsCode && isMissing) return 401;
    if (tickets.isLocked(ticket.account)) return 429;
    if (!ticket.needsCode || tickets.checkCode(ticket, code)) return undefined;
    return tickets.isLocked(ticket.account) ? 429 : 406;
  };
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** Enough of each contact to know it by; and what the vendor says in place of a phone's number. */
function hints({ secondFactor: { sms, email } = {} }: EagleEyeAccount): object {
  return {
    sms: sms === undefined ? "No sms phone found" : `*** *** ${sms.slice(-3)}`,
    ...(email === undefined ? {} : { email: `****@${email.split("@").at(-1)}` }),
  };
}
