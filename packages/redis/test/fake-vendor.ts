import type { SessionStore } from "@vms/core";
import { createSession, type Flow } from "@vms/core/flow";
import { type Watched, watch } from "./watched.ts";

/** A made-up vendor behind a `fetch`: it issues tokens, and revokes them on request. */
export interface Vendor {
  readonly logins: number;
  /** How often all sessions were ended. */
  readonly revocations: number;
  /** Ends every session. */
  revoke(): void;
  session(store: SessionStore, options?: { timeout?: number }): Watched<null>;
}

const flow: Flow<string, null> = {
  vendor: "fake",
  baseUrl: new URL("https://vendor.example/"),
  async login(context) {
    const answer = await context.send("login", { json: await context.credentials() });
    if (!answer.ok) throw answer.toError();
    return { data: answer.headers.get("x-token") ?? "", user: null };
  },
  authorize: ({ data }) => ({ headers: { authorization: data } }),
  parse(data) {
    if (typeof data !== "string") throw new TypeError("no token");
    return data;
  },
};

export function makeVendor(): Vendor {
  const tokens = new Set<string>();
  let logins = 0;
  let revocations = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    // As over a network, the response takes a turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    if (new URL(request.url).pathname === "/login") {
      const token = `made-up-token-${++logins}`;
      tokens.add(token);
      return new Response("{}", { headers: { "x-token": token } });
    }
    return new Response("[]", { status: tokens.has(request.headers.get("authorization") ?? "") ? 200 : 401 });
  };
  return {
    get logins() {
      return logins;
    },
    get revocations() {
      return revocations;
    },
    revoke() {
      revocations++;
      tokens.clear();
    },
    session(store, options = {}) {
      const credentials = { username: "operator@example.com", password: "made-up-password" };
      // The vendor ends sessions all the time, which would use up the budget.
      const loginBudget = { atOnce: 1_000, perMinute: 1_000 };
      return watch(createSession(flow, { credentials, fetch, store, loginBudget, ...options }));
    },
  };
}
