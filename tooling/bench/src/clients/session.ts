import type { Session, SessionStore } from "@vms/core";
import { createSession, type Flow } from "@vms/core/flow";

/** A session of the benchmark's vendor. */
export function createBenchSession(base: string, fetch?: typeof globalThis.fetch, store?: SessionStore): Session<null> {
  const flow: Flow<string, null> = {
    vendor: "bench",
    baseUrl: new URL(base),
    async login(context) {
      const answer = await context.send("login");
      if (!answer.ok) throw answer.toError();
      return { data: answer.headers.get("x-token") ?? "", user: null, expiresIn: 3_600_000 };
    },
    authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data}` } }),
    parse: String,
  };
  const credentials = { username: "bench", password: "made-up" };
  return createSession(flow, {
    credentials,
    ...(fetch === undefined ? {} : { fetch }),
    ...(store === undefined ? {} : { store }),
  });
}
