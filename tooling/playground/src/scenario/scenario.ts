import type { VendorName } from "@vms-tooling/vendors";

/** What a person can do in the playground. `process` is the process that it happens in; by default the first one. */
export type Action =
  /** Concurrent calls. */
  | {
      readonly do: "call";
      readonly count: number;
      readonly process?: number;
      readonly path?: Path;
      readonly abortAfter?: number;
    }
  | { readonly do: "login" | "renew" | "logout" | "close"; readonly process?: number }
  /** The vendor ends all sessions. */
  | { readonly do: "revoke" }
  /** The program gets another password, which is wrong, or the correct one again. */
  | { readonly do: "wrong-password" | "correct-password" }
  /** The vendor changes for a time, in ms. */
  | { readonly do: "down" | "slow-login" | "reject-all" | "redirect-login" | "garbage-login"; readonly for: number }
  /** Nothing happens for a time, in ms. */
  | { readonly do: "wait"; readonly for: number }
  /** Somebody writes rubbish into the store. */
  | { readonly do: "spoil-store" };

/** Which call is made. */
export type Path = "data" | "forbidden" | "other-origin" | "upload" | "slow";

/** An action, and when it happens. */
export type TimedAction = Action & {
  /** In ms after the start. */
  readonly at: number;
};

/** The vendors whose accounts can have a second factor here. */
export const hasSecondFactor = (vendor: VendorName): boolean => vendor === "alta" || vendor === "eagleeye";

/** Who makes the calls: a session of the core, or a client of a few lines that does not keep the guarantees. */
export type ClientName = "vms" | "naive" | "careless";

/** Everything that determines a run. */
export interface Scenario {
  readonly vendor: VendorName;
  readonly seed: number;
  readonly client: ClientName;
  /** Whether the processes share a store. */
  readonly store: boolean;
  /** Whether the account has a second factor, which a person enters. Only some vendors have one. */
  readonly secondFactor: boolean;
  /** How many processes there are. */
  readonly processes: number;
  /** How far the clock of the vendor is ahead, in ms. */
  readonly skew: number;
  /** How many logins all sessions may make at the same time. 0: no limiter. */
  readonly limit: number;
  readonly actions: readonly TimedAction[];
}

/** A scenario without actions, for somebody who presses the buttons. */
export const BLANK: Scenario = {
  vendor: "alta",
  seed: 1,
  client: "vms",
  store: false,
  secondFactor: false,
  processes: 1,
  skew: 0,
  limit: 0,
  actions: [],
};

/** The largest seed. */
export const LARGEST_SEED = 999_999;

/** How long a session lives at the simulated vendors, in ms. Every session is told so by its option `lifetime`. */
export const LIFETIME = 600_000;

/** AlertSite's sessions expire after this time without a call, in ms. */
export const IDLE = 900_000;
