/** How the benchmark's vendor behaves. */
export interface Behavior {
  /** The time over which responses to calls are spread, in ms. */
  readonly spread: number;
  /** The latency of every response, in ms. */
  readonly away: number;
  /** The duration of a login, in ms. */
  readonly loginTakes: number;
  /** Whether an account has one session, so that a login ends the previous one. */
  readonly oneSession: boolean;
}

/** What the vendor has received since its behavior was last set. */
export interface Counts {
  readonly logins: number;
  readonly calls: number;
}

/** Responds immediately. */
export const quick: Behavior = { spread: 0, away: 0, loginTakes: 0, oneSession: false };
