import type { AnyVmsError } from "../errors/is-vms-error.ts";
import type { SecondFactorMethod } from "../errors/second-factor-required.ts";

/** What the function `secondFactor` receives. */
export interface SecondFactorChallenge {
  readonly vendor: string;
  readonly account: string;
  readonly methods: readonly SecondFactorMethod[];
  /** The number of this code within the login, from 1. */
  readonly attempt: number;
  /** How many codes may still be tried, including this one. Wrong codes of earlier logins count too. */
  readonly attemptsLeft: number;
  /** Why the vendor refused the last code. Absent for the first code and after a network failure. */
  readonly last?: "wrong" | "late";
  /**
   * How the vendor has just sent a code: by the method used last, otherwise by the first that works. Absent for app
   * codes.
   */
  readonly sent?: SecondFactorMethod["type"];
  /**
   * Requests a new code by a method that the vendor offers. Does nothing for `totp`.
   * @throws {InvalidOptions} `invalid_options` if the method is not offered.
   * @throws {InvalidRequest} `invalid_request` if the vendor cannot send a code by this method. Try another one.
   */
  send(type: SecondFactorMethod["type"]): Promise<void>;
  /** Aborts when no caller waits for the login any longer or the session is signed out. Dismiss the prompt then. */
  readonly signal: AbortSignal;
}

/** A second-factor code, as `secondFactor` returns it. */
export interface SecondFactorAnswer {
  /** The method of the code, one of those offered. */
  readonly method: SecondFactorMethod["type"];
  /** The code. Spaces are removed. */
  readonly code: string;
}

/** Returns a second-factor code. If it throws, the login fails with the same error. */
export type SecondFactor = (challenge: SecondFactorChallenge) => SecondFactorAnswer | Promise<SecondFactorAnswer>;

/** The vendor's verdict on a code: accepted with the login's result, or refused. */
export type SecondFactorResult<T> =
  | { readonly accepted: true; readonly value: T }
  | { readonly accepted: false; readonly reason: "wrong" | "late"; readonly error: AnyVmsError };

/** How a flow asks for a second factor. `FlowContext.secondFactor` runs it. */
export interface SecondFactorStep<T> {
  readonly methods: readonly SecondFactorMethod[];
  /**
   * How many codes may be tried, including wrong codes of the session's earlier logins. Stay below the number at which
   * the vendor locks the user.
   */
  readonly maxAttempts: number;
  /**
   * Asks the vendor to send a code. Absent if codes come from an app.
   * @returns an error if the vendor cannot send a code by this method. The next method is then tried.
   */
  send?(type: SecondFactorMethod["type"]): Promise<AnyVmsError | undefined>;
  /** Sends a code to the vendor. Called at most `maxAttempts` times. */
  verify(answer: SecondFactorAnswer): Promise<SecondFactorResult<T>>;
}
