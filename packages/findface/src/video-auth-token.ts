import { InvalidOptions, isVmsError, RateLimited, SecondFactorRequired, VendorUnavailable } from "@vms/core";

/** The inactive token of a face authorization, or a function that gets a new one; `undefined` sends none. */
export type VideoAuthTokenSource = string | (() => string | undefined | Promise<string | undefined>);

/** Gives out the tokens of face authorizations, none of them twice. */
export interface VideoAuthTokens {
  /**
   * The token for one login, `undefined` where that goes without one.
   * @param authorize authorizes the face now, where the option `face` is given.
   * @throws {SecondFactorRequired} where the only token at hand was sent before.
   * @throws {InvalidOptions} where the function gave something else than a token.
   */
  next(authorize?: () => Promise<string>): Promise<string | undefined>;
  /** The error to throw for one that a login with a token ended in: with nothing new to send, it is not tried again. */
  failed(error: unknown): unknown;
}

/** Law 11: what may be spent is never sent twice, also where the login that it was sent with got no answer. */
export function videoAuthTokens(source: VideoAuthTokenSource | undefined): VideoAuthTokens {
  let sent: string | undefined;
  return {
    async next(authorize) {
      const token = authorize ? await authorize() : typeof source === "function" ? await source() : source;
      if (token === undefined) return undefined;
      if (typeof token !== "string" || token === "") {
        throw new InvalidOptions("findface", "`videoAuthToken` must return a non-empty string, or undefined.");
      }
      if (token === sent) {
        throw new SecondFactorRequired(
          "findface",
          "the token of this face authorization was sent with a login before and can be used once. " +
            "Authorize the face again: set `face`, or give a function as `videoAuthToken`, which is asked at each login.",
          { methods: [] },
        );
      }
      sent = token;
      return token;
    },
    failed(error) {
      if (typeof source !== "string" || !isVmsError(error) || !error.retryable) return error;
      const { status, retryAfter } = error;
      const details = { status, retryAfter, retryable: false };
      const what =
        `the login failed${status === undefined ? " without an answer" : ` with status ${status}`}, and is not tried ` +
        "again because `videoAuthToken` may be used up. Authorize the face again.";
      return error.code === "rate_limited"
        ? new RateLimited("findface", what, details)
        : new VendorUnavailable("findface", what, details);
    },
  };
}
