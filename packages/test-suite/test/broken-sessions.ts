import { InvalidRequest, SessionClosed } from "@vms/core";
import { type AcmeData, acme, given, textAt, wrapped } from "./acme.ts";
import { type Broken, login, misreads } from "./broken-flow.ts";

export const brokenSessions: readonly Broken[] = [
  {
    how: "calls to any origin",
    fails: ["a call to another origin is origin_not_allowed, and is not sent"],
    makeSession: wrapped((session, { fetch = globalThis.fetch }) => ({
      fetch: (path: string | Request, init?: RequestInit) =>
        typeof path === "string" && /^\w+:|^\/\//.test(path)
          ? fetch(new URL(path, "https://x"))
          : session.fetch(path, init),
    })),
  },
  {
    how: "redirects to any origin with the credential",
    fails: ["a redirect to another origin is followed without the credential"],
    makeSession: wrapped((session, { fetch = globalThis.fetch }) => ({
      async fetch(path: string | Request, init?: RequestInit) {
        const response = await session.fetch(path, { ...init, redirect: "manual" });
        const location = response.headers.get("location");
        if (location === null) return response;
        return fetch(location, { headers: (await session.authorization()).headers });
      },
    })),
  },
  {
    how: "the vendor's message, unchanged",
    fails: ["errors contain no secret, even if the vendor quotes one"],
    makeSession: misreads((answer) => {
      const said = answer.status === 422 ? answer.safeJson(textAt("message")) : undefined;
      if (said !== undefined) throw new InvalidRequest("acme", said.message, { status: 422 });
      return answer;
    }),
  },
  {
    how: "a user with the token in it",
    fails: ["the session, its info and its events contain no secret"],
    makeSession: login(async (flow, context) => {
      const made = await flow.login(context);
      return { ...made, user: { links: [{ href: `/media?t=${made.data.token}` }] } };
    }),
  },
  {
    how: "a stored session that is never used",
    fails: ["a second session uses the first one's stored session, and does not sign in"],
    makeSession: acme(() => ({
      parse() {
        throw new TypeError("never mind");
      },
    })),
  },
  {
    how: "a password that is kept with the token",
    fails: ["the stored value is plain JSON without the password"],
    makeSession: login(async (flow, context) => {
      const { password } = await context.credentials();
      const made = await flow.login(context);
      return { ...made, data: { ...made.data, password } };
    }),
  },
  {
    how: "parse() that accepts everything",
    fails: ["a stored session with invalid data is not used, and is replaced"],
    makeSession: acme(() => ({ parse: (data) => data as AcmeData })),
  },
  {
    how: "a session that stays closed",
    fails: ["after logout(), calls fail with session_closed, and login() opens the session again"],
    makeSession: wrapped((session) => {
      let closed = false;
      return {
        logout() {
          closed = true;
          return session.logout();
        },
        async login() {
          if (closed) throw new SessionClosed("acme", "it is closed permanently.");
          return session.login();
        },
      };
    }),
  },
  {
    how: "a second logout() that fails",
    fails: ["logout() twice, or without a session, is no error and sends nothing"],
    makeSession: wrapped((session) => {
      let closed = false;
      return {
        async logout() {
          if (closed) throw new SessionClosed("acme", "it is closed.");
          closed = true;
          return session.logout();
        },
      };
    }),
  },
  {
    how: "a sign-out that ends nothing",
    fails: ["logout() ends the session at the vendor"],
    makeSession: acme(() => ({
      async logout(context) {
        const answer = await context.send("ping");
        if (!answer.ok) throw answer.toError();
      },
    })),
  },
  {
    how: "a sign-out that needs a live session",
    fails: ["logout() of a session that the vendor has already ended is no error"],
    makeSession: acme(() => ({
      async logout(context, { data }) {
        const answer = await context.send("logout", { headers: { authorization: `Bearer ${data.token}` } });
        if (!answer.ok) throw answer.toError();
      },
    })),
  },
  {
    how: "a sign-out whose failure is ignored",
    fails: ["a logout() that fails at the vendor is an error, and the session is removed locally"],
    makeSession: acme((flow) => ({
      logout: async (context, record) => flow.logout?.(context, record).catch(() => {}),
    })),
  },
  {
    how: "a sign-out, although the vendor has none",
    fails: ["logout() sends nothing if the vendor has no sign-out"],
    options: { signsOut: false },
    makeSession: acme(),
  },
  {
    how: "parse() that changes its input",
    fails: ["a second session uses the first one's stored session, and does not sign in"],
    makeSession: acme((flow) => ({ parse: (data) => ({ token: `${flow.parse(data).token}?` }) })),
  },
  {
    how: "a sign-in that a cache may store",
    fails: ["a `fetch` that caches stores nothing of a login, a renewal or a sign-out"],
    makeSession: given(({ fetch }) => ({
      fetch: (input, init) => fetch?.(input, { ...init, cache: "default" }) as never,
    })),
  },
];
