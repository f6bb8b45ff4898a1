import type { ContractServer } from "@vms/test-suite";
import type { Counts } from "./counted-fetch.ts";

/** A running server, for the contract and the checks. */
export interface RunningServer extends ContractServer {
  readonly fetch: typeof globalThis.fetch;
  readonly loginAttempts: number;
  /** The lifetime of a credential, in ms; absent if the server does not report it. */
  readonly lifetime?: number;
  /** Counts of requests since the server started. */
  readonly counts: Counts;
}

/** A made-up account that every server knows. */
export const ACCOUNT = { username: "ada", password: "made-up-and-long" } as const;
