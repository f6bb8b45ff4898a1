import { setTimeout as delay } from "node:timers/promises";
import { createAltaSession } from "@vms/alta";
import type { SessionStore } from "@vms/core";
import { createAltaServer } from "@vms/simulator";
import { type Watched, watch } from "./watched.ts";

/** The lifetime of a session of the simulated vendor, in s: long enough for an unanswered command. */
const LIFETIME = 3;

/** Alta with short sessions, so that the store is read and written all the time. */
export interface Simulated {
  readonly path: string;
  readonly logins: number;
  session(store: SessionStore): Watched;
}

export function simulateAlta(): Simulated {
  const server = createAltaServer({ lifetime: 1_000 * LIFETIME, maxAge: LIFETIME });
  const { baseUrl, account: credentials } = server;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    // As over a network, the response takes some time. The log is not kept.
    await delay(1);
    if (server.requests.length > 1_000) server.clearRequests();
    return server.fetch(input, init);
  };
  return {
    path: server.firstCall,
    get logins() {
      return server.logins;
    },
    session: (store) => watch(createAltaSession({ baseUrl, credentials, fetch, store })),
  };
}
