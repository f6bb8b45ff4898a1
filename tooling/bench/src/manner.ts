/** How the benchmark's vendor behaves. */
export interface Manner {
  /** The answers to calls come spread over so many ms. */
  readonly spread: number;
  /** How long a login takes, in ms. */
  readonly loginTakes: number;
  /** Whether an account has one session: a login ends the one before. */
  readonly oneSession: boolean;
}

/** What the vendor has received since it was last asked. */
export interface Counts {
  readonly logins: number;
  readonly calls: number;
}

/** Answers at once. */
export const quick: Manner = { spread: 0, loginTakes: 0, oneSession: false };
