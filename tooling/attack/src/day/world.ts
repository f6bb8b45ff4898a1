import type { SessionPool } from "@vms/core";
import type { TimeLine } from "./machine/time-line.ts";
import type { DayPlan } from "./plan.ts";
import type { Process } from "./process.ts";
import type { SharedStore } from "./shared-store.ts";
import type { Trace } from "./trace.ts";
import type { Vendor } from "./vendor.ts";

/** What a worker's limiter let through: when each login began, and how many ran at once at most. */
export interface Limited {
  readonly began: number[];
  mostAtOnce: number;
}

/** A worker: its process, which can be replaced, and what lasts longer. */
export interface Worker {
  readonly index: number;
  readonly clockAhead: number;
  /** The accounts that it calls, with the passwords that it knows. */
  readonly passwords: Map<string, string>;
  /** What the limiters of its processes let through. */
  readonly limited: Limited[];
  running: { readonly process: Process; readonly pool: SessionPool } | undefined;
}

/** Everything of a day. */
export interface World {
  readonly plan: DayPlan;
  readonly time: TimeLine;
  readonly random: () => number;
  readonly trace: Trace;
  readonly vendor: Vendor;
  readonly store: SharedStore;
  readonly workers: readonly Worker[];
  /** The user names, and the passwords that are right. */
  readonly passwords: Map<string, string>;
  /** When passwords were changed, by account. */
  readonly changedAt: Map<string, number>;
  /** The account that somebody else's program uses too. */
  readonly contested: string;
  readonly calls: CallCounts;
}

/** What became of the calls. */
interface CallCounts {
  made: number;
  succeeded: number;
  readonly failed: FailedCall[];
}

/** A call that threw or was rejected. */
export interface FailedCall {
  readonly at: number;
  /** How long it took, in ms. */
  readonly took: number;
  readonly worker: number;
  readonly account: string;
  /** The code of the error, or the status. */
  readonly code: string;
  /** Where a live session was that would have served it, when it failed. */
  readonly live: "held" | "stored" | "nowhere";
  /** Since when that session was there, in ms before the call failed. */
  readonly liveFor: number;
  readonly isVendorDown: boolean;
}
