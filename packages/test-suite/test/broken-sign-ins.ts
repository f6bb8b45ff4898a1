import { InvalidCredentials, isVmsError, type Session, UnexpectedResponse, VendorUnavailable } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { acme, acmeFlow, given, wrapped } from "./acme.ts";
import { type Broken, login, misreads, rethrows, says } from "./broken-flow.ts";

const noPassword = (status: number) => new InvalidCredentials("acme", "the password was refused.", { status });
const signedInAs = (token: string) => ({ data: { token }, user: {}, expiresIn: 3_600_000 });
const shared = new WeakMap<object, Session[]>();

export const brokenSignIns: readonly Broken[] = [
  {
    how: "info before the first login",
    fails: ["creating a session sends nothing"],
    makeSession: wrapped((session) => {
      let used = false;
      const using = <A extends unknown[], R>(run: (...args: A) => R) => {
        return (...args: A) => {
          used = true;
          return run(...args);
        };
      };
      const { fetch, login: signIn, renew, logout, authorization } = session;
      return {
        get info() {
          return used ? session.info : { vendor: "acme" };
        },
        fetch: using(fetch),
        login: using(signIn),
        renew: using(renew),
        logout: using(logout),
        authorization: using(authorization),
      };
    }),
  },
  {
    how: "a second call that signs in again",
    fails: ["the first call signs in, and gets its response"],
    makeSession: wrapped((session) => {
      let calls = 0;
      let told = false;
      return {
        login() {
          told = true;
          return session.login();
        },
        async fetch(path: string | Request, init?: RequestInit) {
          if (session.info !== undefined && ++calls === 1 && !told) await session.renew();
          return session.fetch(path, init);
        },
      };
    }),
  },
  {
    how: "concurrent calls that each sign in",
    fails: ["concurrent calls share one login"],
    makeSession: wrapped((session, options) => {
      let waiting = 0;
      return {
        async fetch(path: string | Request, init?: RequestInit) {
          if (session.info === undefined && waiting++ > 0) return acme()(options).fetch(path, init);
          return session.fetch(path, init).finally(() => {
            waiting = 0;
          });
        },
      };
    }),
  },
  {
    how: "the name of another vendor",
    fails: ["info has the vendor, account and times, as plain JSON"],
    makeSession: acme(() => ({ vendor: "other" })),
  },
  {
    how: "a base URL that changes with a trailing slash",
    fails: ["a slash at the end of the base URL or at the start of a path makes no difference"],
    makeSession: given(({ baseUrl }) => ({ baseUrl: baseUrl.replace(/(\w)\/$/, "$1/v2") })),
  },
  {
    how: "a base URL that is not checked",
    fails: ["an invalid base URL is invalid_options"],
    makeSession: (options) => createSession(acmeFlow(new URL(options.baseUrl)), options),
  },
  {
    how: "http:// to any host",
    fails: ["http:// beyond this machine is insecure_transport, and nothing is sent"],
    makeSession: given(() => ({ allowInsecureHttp: true })),
  },
  {
    how: "a default for empty credentials",
    fails: ["an empty user name or password is invalid_options, and nothing is sent"],
    makeSession: given(({ credentials }) => ({
      credentials: async () => {
        const { username, password } = typeof credentials === "function" ? await credentials() : credentials;
        return { username: username || "admin", password: password || "admin" };
      },
    })),
  },
  {
    how: "a wrong password that is sent repeatedly",
    fails: ["a wrong password is invalid_credentials, and is sent once"],
    makeSession: rethrows((error) => (says(error, "refused") ? new VendorUnavailable("acme", "try again.") : error)),
  },
  {
    how: "a wrong password that is never forgotten",
    fails: ["a wrong password is invalid_credentials, and is sent once"],
    makeSession: given(({ credentials }) => {
      const first = typeof credentials === "function" ? credentials() : credentials;
      return { credentials: () => first };
    }),
  },
  {
    how: "authorization() without the credential",
    fails: ["authorization() returns what another fetch needs"],
    makeSession: wrapped((session) => ({
      async authorization() {
        await session.authorization();
        return { headers: {}, searchParams: {}, cookies: {} };
      },
    })),
  },
  {
    how: "renew() that signs in twice",
    fails: ["renew() creates a new session"],
    makeSession: wrapped((session) => ({ renew: () => session.renew().then(() => session.renew()) })),
  },
  {
    how: "a rejection that is not recognized",
    fails: [
      "a session that the vendor has ended costs one login, and the call succeeds",
      "a POST as the first call arrives once and complete, and again after a rejection",
    ],
    makeSession: acme(() => ({ isRejected: () => false })),
  },
  {
    how: "any failure treated as a rejection",
    fails: ["any other failed response is returned to the caller, and costs no login"],
    makeSession: acme(() => ({ isRejected: ({ ok }) => !ok })),
  },
  {
    how: "sessions that are signed out together",
    fails: ["two sessions share nothing"],
    makeSession: (options) => {
      const session = acme()(options);
      const { fetch = globalThis.fetch } = options;
      const all = [...(shared.get(fetch) ?? []), session];
      shared.set(fetch, all);
      const logout = () => Promise.all((shared.get(fetch) ?? []).map((one) => one.logout())).then(() => {});
      return Object.create(session, { logout: { value: logout } });
    },
  },
  {
    how: "a 500 that is final",
    fails: ["a login answered 500 is retried a limited number of times"],
    makeSession: misreads((answer) => {
      if (answer.status === 500) throw new UnexpectedResponse("acme", "it failed.");
      return answer;
    }),
  },
  {
    how: "a network error that is final",
    fails: ["a login that does not reach the vendor is retried a limited number of times"],
    makeSession: rethrows((error) =>
      says(error, "ECONNREFUSED") ? new UnexpectedResponse("acme", "no network.") : error,
    ),
  },
  {
    how: "a Retry-After that is ignored",
    fails: ["a login answered 429 with a long Retry-After fails immediately, with `retryAfter`"],
    makeSession: rethrows((error) => (says(error, "429") ? new VendorUnavailable("acme", "try again.") : error)),
  },
  {
    how: "HTML treated as a session",
    fails: ["a login answered with HTML is an error, and leaves the session as it was"],
    makeSession: login((flow, context) =>
      flow.login(context).catch((error: unknown) => {
        if (says(error, "is HTML")) return signedInAs("html");
        throw error;
      }),
    ),
  },
  {
    how: "incomplete JSON treated as a wrong password",
    fails: ["a login answered with incomplete JSON is an error, and leaves the session as it was"],
    makeSession: rethrows((error) => (says(error, "truncated") ? noPassword(200) : error)),
  },
  {
    how: "an empty body, which breaks the code",
    fails: ["a login answered with an empty body is an error, and leaves the session as it was"],
    makeSession: rethrows((error) => (says(error, "is empty") ? new TypeError("cannot read properties") : error)),
  },
  {
    how: "a shape that is not checked",
    fails: ["a login answered with JSON of another shape is an error, and leaves the session as it was"],
    makeSession: login((flow, context) =>
      flow.login(context).catch((error: unknown) => {
        if (isVmsError(error) && error.code === "unexpected_response" && error.paths.length > 0)
          return signedInAs("guess");
        throw error;
      }),
    ),
  },
  {
    how: "a redirect that is followed with the password",
    fails: ["a login follows no redirect"],
    makeSession: misreads((answer, context) => {
      const location = answer.headers.get("location");
      return location === null ? answer : context.send(location);
    }),
  },
  {
    how: "no timeout",
    fails: ["a login that gets no response fails after `timeout`"],
    makeSession: given(() => ({ timeout: 30_000 })),
  },
];
