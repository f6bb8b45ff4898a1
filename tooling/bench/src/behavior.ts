/** How the benchmark's vendor behaves. */
export interface Behavior {
  /** Answers to calls are spread over this many ms. */
  readonly spread: number;
  /** How long every answer takes in addition, in ms: the distance to the vendor. */
  readonly away: number;
  /** How long a login takes, in ms. */
  readonly loginTakes: number;
  /** Whether an account has one session, so a login ends the earlier one. */
  readonly oneSession: boolean;
}

/** What the vendor has received since the last order. */
export interface Counts {
  readonly logins: number;
  readonly calls: number;
}

/** Answers at once. */
export const quick: Behavior = { spread: 0, away: 0, loginTakes: 0, oneSession: false };
