import type { ContractServer } from "@vms/test-suite";
import type { Counts } from "./counted-fetch.ts";

/** A server that was started, as the contract and the checks need it. */
export interface RunningServer extends ContractServer {
  readonly fetch: typeof globalThis.fetch;
  readonly loginAttempts: number;
  /** How long a credential is valid, in ms. Absent: the server does not say. */
  readonly lifetime?: number;
  /** What was sent to the server since it started. */
  readonly counts: Counts;
}

/** An invented account that every server knows. */
export const ACCOUNT = { username: "ada", password: "made-up-and-long" } as const;
