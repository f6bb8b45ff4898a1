import type { SessionOptions } from "@vms/core";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Options of all sessions. */
type Options = Pick<SessionOptions, "retryRefusedAfter">;

/** A span of the day, in ms since its start. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** What a day is to be. Times are in ms. */
export interface DayPlan {
  readonly duration: number;
  readonly accounts: number;
  readonly workers: number;
  /** How many workers call each account. */
  readonly sharers: number;
  /** The shortest and the longest time from one visit of a worker to an account to its next. */
  readonly visitEvery: readonly [number, number];
  /** In which time all accounts come into use, as if they had come one after the other before the day. */
  readonly filledWithin: number;
  /** How likely a visit is to have a second call some seconds later. */
  readonly secondCall: number;
  /** How long the vendor's sessions live. */
  readonly lifetime: number;
  /** The limiter of each worker. */
  readonly limiter: { readonly concurrent: number; readonly perMinute: number };
  /** How far the clocks of the workers are apart. */
  readonly clocksApart: number;
  readonly session: Options;
  /** How many passwords are wrong all day, and how many are changed. */
  readonly wrong: number;
  readonly rotated: number;
  /** How many of these accounts lock after some wrong passwords, and after how many. */
  readonly locking: number;
  readonly triesToLock: number;
  /** How long a time is in which renewals are counted: long enough for many. */
  readonly renewalsCountedBy: number;
  readonly faults: {
    /** When the first and the last password is changed. */
    readonly rotations: Span;
    /** How long it takes at most until a worker knows a changed password. */
    readonly rotationKnownAfter: number;
    readonly storeAway: Span;
    readonly restart: number;
    readonly vendorDown: Span;
    /** When somebody else's program uses one of the accounts. */
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
