import type { AnyVmsError } from "../errors/any-error.ts";
import type { SecondFactorMethod } from "../errors/second-factor-required.ts";

/** What the vendor asks for, told to the function `secondFactor`. */
export interface SecondFactorChallenge {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /** The user name that signs in. */
  readonly account: string;
  /** The ways that the vendor offers; `hint` is where a code goes, masked by the vendor. */
  readonly methods: readonly SecondFactorMethod[];
  /** 1 for the first code of this login; one more each time that it is asked again. */
  readonly attempt: number;
  /** Why it is asked again: the last code was wrong, or came too late. Absent at first, and after a fault of the network. */
  readonly last?: "wrong" | "late";
  /** The way that a code was sent by just now: the one that was answered last, else the first that works. Absent where codes come from an app. */
  readonly sent?: SecondFactorMethod["type"];
  /**
   * Has a new code sent by another way that is offered. Does nothing for `totp`.
   * @throws {InvalidOptions} (`invalid_options`) for a way that is not offered.
   * @throws {InvalidRequest} (`invalid_request`) where the vendor cannot send by it: try another.
   */
  send(type: SecondFactorMethod["type"]): Promise<void>;
  /** Ends when nobody waits for the login any more, and when the session is signed out: take the question back then. */
  readonly signal: AbortSignal;
}

/** The code of a second factor. */
export interface SecondFactorAnswer {
  /** The way that the code came by. */
  readonly method: SecondFactorMethod["type"];
  /** Spaces in it are taken out. */
  readonly code: string;
}

/** Answers for the second factor. What it throws is what the login fails with. */
export type SecondFactor = (challenge: SecondFactorChallenge) => SecondFactorAnswer | Promise<SecondFactorAnswer>;

/** What became of a code: what the login yields, or why the vendor did not take it. */
export type SecondFactorVerdict<T> =
  | { readonly accepted: T }
  | { readonly refused: "wrong" | "late"; readonly error: AnyVmsError };

/** The part of a sign-in conversation that is the second factor: the flow's own words for it. */
export interface SecondFactorStep<T> {
  /** The ways that the vendor offers. */
  readonly methods: readonly SecondFactorMethod[];
  /** How many codes one login may try: below the number at which the vendor locks the user. */
  readonly codes: number;
  /**
   * Has the vendor send a code; absent where codes come from an app.
   * @returns an error to tell where the vendor cannot send by this way, and another may be tried.
   */
  send?(type: SecondFactorMethod["type"]): Promise<AnyVmsError | undefined>;
  /** Sends the code. It is called again with the next code where it was refused, up to `codes` in all. */
  verify(answer: SecondFactorAnswer): Promise<SecondFactorVerdict<T>>;
}
