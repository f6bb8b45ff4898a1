import type { SessionOptions } from "@vms/core";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The options of every session. */
type Options = Pick<SessionOptions, "retryRefusedAfter">;

/** A period of the day, in ms since its start. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** The parameters of a day. Times are in ms. */
export interface DayPlan {
  readonly duration: number;
  readonly accounts: number;
  readonly workers: number;
  /** The number of workers that call each account. */
  readonly sharers: number;
  /** The minimum and maximum interval between a worker's visits to an account. */
  readonly visitEvery: readonly [number, number];
  /** The time in which all accounts come into use. */
  readonly filledWithin: number;
  /** The probability that a visit makes a second call some seconds later. */
  readonly secondCall: number;
  /** The lifetime of the vendor's sessions. */
  readonly lifetime: number;
  /** The limiter of each worker. */
  readonly limiter: { readonly concurrent: number; readonly perMinute: number };
  /** The maximum difference between the workers' clocks. */
  readonly clocksApart: number;
  readonly session: Options;
  /** The number of passwords that are wrong all day, and that are changed. */
  readonly wrong: number;
  readonly rotated: number;
  /** The number of these accounts that lock, and of wrong passwords that lock them. */
  readonly locking: number;
  readonly triesToLock: number;
  /** The interval in which renewals are counted: long enough for many. */
  readonly renewalsCountedBy: number;
  readonly faults: {
    /** The times of the first and the last password change. */
    readonly rotations: Span;
    /** The maximum time until a worker knows a changed password. */
    readonly rotationKnownAfter: number;
    readonly storeAway: Span;
    readonly restart: number;
    readonly vendorDown: Span;
    /** The period in which the foreign program uses one of the accounts. */
    readonly foreignProgram: Span;
  };
}

export const wholeDay: DayPlan = {
  duration: 24 * HOUR,
  accounts: 1_000,
  workers: 50,
  sharers: 5,
  visitEvery: [MINUTE, 6 * MINUTE],
  filledWithin: HOUR,
  secondCall: 0.1,
  lifetime: HOUR,
  limiter: { concurrent: 4, perMinute: 20 },
  clocksApart: 90 * SECOND,
  session: {},
  wrong: 5,
  rotated: 20,
  locking: 3,
  triesToLock: 3,
  renewalsCountedBy: MINUTE,
  faults: {
    rotations: { from: 2 * HOUR, until: 7 * HOUR },
    rotationKnownAfter: 40 * MINUTE,
    storeAway: { from: 8 * HOUR, until: 8 * HOUR + 10 * MINUTE },
    restart: 10 * HOUR,
    vendorDown: { from: 13 * HOUR, until: 13 * HOUR + 30 * MINUTE },
    foreignProgram: { from: 9 * HOUR, until: 21 * HOUR },
  },
};

/** The same faults in three hours, with fewer accounts and workers, and shorter outages. */
export const shortDay: DayPlan = {
  ...wholeDay,
  duration: 3 * HOUR,
  accounts: 60,
  filledWithin: 20 * MINUTE,
  workers: 6,
  lifetime: 30 * MINUTE,
  limiter: { concurrent: 2, perMinute: 10 },
  renewalsCountedBy: 10 * MINUTE,
  faults: {
    rotations: { from: 20 * MINUTE, until: 50 * MINUTE },
    rotationKnownAfter: 10 * MINUTE,
    storeAway: { from: 65 * MINUTE, until: 70 * MINUTE },
    restart: 90 * MINUTE,
    vendorDown: { from: 110 * MINUTE, until: 120 * MINUTE },
    foreignProgram: { from: 80 * MINUTE, until: 170 * MINUTE },
  },
};
