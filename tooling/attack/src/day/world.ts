import type { SessionPool } from "@vms/core";
import type { TimeLine } from "./machine/time-line.ts";
import type { DayPlan } from "./plan.ts";
import type { Process } from "./process.ts";
import type { SharedStore } from "./shared-store.ts";
import type { Trace } from "./trace.ts";
import type { Vendor } from "./vendor.ts";

/** The logins through a worker's limiter: their start times, and the maximum that ran concurrently. */
export interface Limited {
  readonly began: number[];
  mostAtOnce: number;
}

/** A worker: its current process, and the state that survives a restart. */
export interface Worker {
  readonly index: number;
  readonly clockAhead: number;
  /** Its accounts, with the passwords that it knows. */
  readonly passwords: Map<string, string>;
  /** The logins through the limiters of its processes. */
  readonly limited: Limited[];
  running: { readonly process: Process; readonly pool: SessionPool } | undefined;
}

/** The state of a day. */
export interface World {
  readonly plan: DayPlan;
  readonly time: TimeLine;
  readonly random: () => number;
  readonly trace: Trace;
  readonly vendor: Vendor;
  readonly store: SharedStore;
  readonly workers: readonly Worker[];
  /** The user names with their right passwords. */
  readonly passwords: Map<string, string>;
  /** The times of password changes, by account. */
  readonly changedAt: Map<string, number>;
  /** The account that the foreign program also uses. */
  readonly contested: string;
  readonly calls: CallCounts;
}

/** What became of the calls. */
interface CallCounts {
  made: number;
  succeeded: number;
  readonly failed: FailedCall[];
}

/** A failed or rejected call. */
export interface FailedCall {
  readonly at: number;
  /** Its duration, in ms. */
  readonly took: number;
  readonly worker: number;
  readonly account: string;
  /** The code of the error, or the status. */
  readonly code: string;
  /** Where a live session was that would have served it. */
  readonly live: "held" | "stored" | "nowhere";
  /** The age of that session when the call failed, in ms. */
  readonly liveFor: number;
  readonly isVendorDown: boolean;
}
