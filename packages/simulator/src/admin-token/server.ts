import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type Account, Accounts } from "../accounts.ts";
import { randomHex } from "../random.ts";
import { type Fields, readFields } from "../request-body.ts";
import { type OpenSession, Sessions } from "../sessions.ts";
import { clockOf, createVendorServer, type VendorEnv } from "../vendor-server.ts";
import { isoTime, localTime } from "./local-time.ts";
import type { AdminTokenOptions, AdminTokenServer } from "./options.ts";
import { adminsFor, userOf } from "./records.ts";

const day = 86_400_000;
const minute = 60_000;
const loginPath = "/api/admin/v1/auth/token";

/**
 * Creates a server that behaves like the admin API of AiPix VMS.
 * @example
 * const { baseUrl, account, fetch } = createAdminTokenServer();
 * const session = createAdminTokenSession({ baseUrl, credentials: account, fetch });
 */
export function createAdminTokenServer(options: AdminTokenOptions = {}): AdminTokenServer {
  const clock = clockOf(options);
  const account = options.account ?? { username: "admin@aipix.example", password: "amber-lattice-28" };
  const accounts = new Accounts<Account>([account]);
  const lifetime = options.lifetime ?? day;
  const sessions = new Sessions<null>(clock, { lifetime, idleTimeout: options.idleTimeout });
  const { timeZone = "UTC", badCredentials = 422, badCredentialsKeys = ["login"] } = options;
  let tries: number[] = [];
  const app = new Hono<VendorEnv>();

  const fail = (c: Context<VendorEnv>, status: ContentfulStatusCode, message: string, errors?: Fields) => {
    if ((options.redirectWithoutJson ?? true) && !wantsJson(c))
      return c.redirect(new URL("/login", c.env.url).href, 302);
    return c.json(errors === undefined ? { message } : { message, errors }, status);
  };

  const isThrottled = (): number | undefined => {
    const now = clock.now();
    tries = tries.filter((at) => at > now - minute);
    const [oldest] = tries;
    if (options.throttle !== undefined && oldest !== undefined && tries.length >= options.throttle) {
      return Math.ceil((oldest + minute - now) / 1000);
    }
    tries.push(now);
    return undefined;
  };

  app.post(loginPath, async (c) => {
    const wait = isThrottled();
    if (wait !== undefined) {
      c.header("Retry-After", String(wait));
      return c.json({ message: "Too Many Attempts." }, 429);
    }
    const fields = (await readFields(c)) ?? {};
    const errors = validate(fields);
    if (errors !== undefined) return fail(c, 422, "The given data was invalid.", errors);
    const found = accounts.check(fields.login, fields.password);
    if (found === undefined && badCredentials === 401) return fail(c, 401, "Unauthenticated.");
    if (found === undefined) {
      const reasons = badCredentialsKeys.map((key) => [key, ["These credentials are wrong."]]);
      return fail(c, 422, "The given data was invalid.", Object.fromEntries(reasons));
    }
    const token = `${sessions.alive().length + 1}|${randomHex(20)}`;
    const session = sessions.open(token, found.username, null);
    c.env.loggedIn();
    const end = Number.isFinite(session.endsAt) ? session.endsAt : clock.now() + 3650 * day;
    return c.json({
      user: userOf(adminOf(found.username)),
      expires_at: options.expiresAtFormat === "iso" ? isoTime(end, timeZone) : localTime(end, timeZone),
      token_type: "Bearer",
      access_token: options.tokenWithPrefix ? `Bearer ${token}` : token,
    });
  });

  const admins = () => adminsFor(accounts.all().map(({ username }) => username));
  const adminOf = (login: string) => {
    const admin = admins().find((other) => other.login === login);
    if (admin === undefined) throw new Error(`[@vms/simulator] "${login}" is not an administrator.`);
    return admin;
  };

  const opened = (c: Context<VendorEnv>): OpenSession<null> | undefined => {
    const [, token] = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
    return sessions.use(token);
  };

  app.get("/api/admin/v1/admins", (c) => {
    if (opened(c) === undefined) return fail(c, 401, "Unauthenticated.");
    const perPage = positive(c.req.query("per_page"), 25);
    const page = positive(c.req.query("page"), 1);
    return c.json(paginate(admins(), page, perPage, new URL("/api/admin/v1/admins", c.env.url).href));
  });

  app.get("/api/admin/v1/admins/:id", (c) => {
    if (opened(c) === undefined) return fail(c, 401, "Unauthenticated.");
    const admin = admins().find(({ id }) => String(id) === c.req.param("id"));
    return admin === undefined ? fail(c, 404, "There is no such administrator.") : c.json(userOf(admin));
  });

  app.get("/login", (c) => c.html("<!doctype html><title>Sign in</title><form method=post></form>"));
  // Without a session, an unknown path gets the same response as a known one.
  app.notFound((c) => (opened(c) === undefined ? fail(c, 401, "Unauthenticated.") : fail(c, 404, "Not Found.")));

  const server = createVendorServer({
    vendor: "admin-token",
    origin: options.origin ?? "https://aipix.example",
    firstCall: "api/admin/v1/admins?per_page=25&page=1",
    account,
    options,
    clock,
    app,
    accounts,
    sessions,
    isLogin: ({ method, path }) => method === "POST" && path === loginPath,
    forget: () => {
      tries = [];
    },
  });
  return Object.assign(server, { vendor: "admin-token" as const });
}

/** The framework uses the first accepted type. */
function wantsJson(c: Context<VendorEnv>): boolean {
  const first = (c.req.header("accept") ?? "").split(",", 1)[0] ?? "";
  return first.includes("/json") || first.includes("+json");
}

function validate(fields: Fields): Fields | undefined {
  const errors: Fields = {};
  for (const name of ["login", "password"]) {
    const value = fields[name];
    if (value === undefined || value === null || value === "") errors[name] = [`The ${name} field is required.`];
    else if (typeof value !== "string") errors[name] = [`The ${name} must be a string.`];
  }
  return Object.keys(errors).length > 0 ? errors : undefined;
}

function positive(text: string | undefined, otherwise: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}

function paginate(all: readonly object[], page: number, perPage: number, path: string): object {
  const last = Math.max(1, Math.ceil(all.length / perPage));
  const data = all.slice((page - 1) * perPage, page * perPage);
  const link = (to: number) => (to >= 1 && to <= last ? `${path}?page=${to}` : null);
  const from = data.length > 0 ? (page - 1) * perPage + 1 : null;
  return {
    data,
    links: { first: link(1), last: link(last), prev: link(page - 1), next: link(page + 1) },
    meta: {
      current_page: page,
      from,
      last_page: last,
      path,
      per_page: perPage,
      to: from === null ? null : from + data.length - 1,
      total: all.length,
    },
  };
}
