import type { AnyVmsError } from "../errors/is-vms-error.ts";
import type { SecondFactorMethod } from "../errors/second-factor-required.ts";

/** What the function `secondFactor` receives. */
export interface SecondFactorChallenge {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /** The user name that signs in. */
  readonly account: string;
  /** The methods that the vendor offers. */
  readonly methods: readonly SecondFactorMethod[];
  /** 1 for the first code of this login, 2 for the second, and so on. */
  readonly attempt: number;
  /** How many codes may still be tried, this one included. Wrong codes of earlier logins count too. */
  readonly attemptsLeft: number;
  /** Why the vendor did not accept the last code. Absent for the first code, and after a network failure. */
  readonly last?: "wrong" | "late";
  /**
   * The method that the vendor has just sent a code by: the last one used, else the first that works. Absent for codes
   * of an app.
   */
  readonly sent?: SecondFactorMethod["type"];
  /**
   * Requests a new code by a method that the vendor offers. Does nothing for `totp`.
   * @throws {InvalidOptions} `invalid_options` for a method that is not offered.
   * @throws {InvalidRequest} `invalid_request` if the vendor cannot send a code by this method. Try another one.
   */
  send(type: SecondFactorMethod["type"]): Promise<void>;
  /** Aborts when no caller waits for the login any longer, and when the session is signed out. Dismiss the prompt then. */
  readonly signal: AbortSignal;
}

/** The code of a second factor, as `secondFactor` returns it. */
export interface SecondFactorAnswer {
  /** The method of the code. It must be one that is offered. */
  readonly method: SecondFactorMethod["type"];
  /** The code. Spaces in it are removed. */
  readonly code: string;
}

/** Returns the code of a second factor. If it throws, the login fails with the same error. */
export type SecondFactor = (challenge: SecondFactorChallenge) => SecondFactorAnswer | Promise<SecondFactorAnswer>;

/** How the vendor answered a code: it accepted it, with the result of the login, or it refused it. */
export type SecondFactorResult<T> =
  | { readonly accepted: true; readonly value: T }
  | { readonly accepted: false; readonly reason: "wrong" | "late"; readonly error: AnyVmsError };

/** How a flow asks for a second factor. `FlowContext.secondFactor` runs it. */
export interface SecondFactorStep<T> {
  /** The methods that the vendor offers. */
  readonly methods: readonly SecondFactorMethod[];
  /**
   * How many codes one login may try. Wrong codes of the session's earlier logins count too. Choose fewer than the number at
   * which the vendor locks the user.
   */
  readonly maxAttempts: number;
  /**
   * Asks the vendor to send a code. Absent: codes come from an app.
   * @returns an error if the vendor cannot send a code by this method, so that another one is tried.
   */
  send?(type: SecondFactorMethod["type"]): Promise<AnyVmsError | undefined>;
  /** Sends a code to the vendor. It is called for each code, at most `maxAttempts` times. */
  verify(answer: SecondFactorAnswer): Promise<SecondFactorResult<T>>;
}
