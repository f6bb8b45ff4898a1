import {
  InvalidOptions,
  isVmsError,
  RateLimited,
  type Remedy,
  SecondFactorRequired,
  VendorUnavailable,
} from "@vms/core";

/** The inactive token of a face authorization, or a function that returns a new one. If it returns `undefined`, none is sent. */
export type VideoAuthTokenSource = string | (() => string | undefined | Promise<string | undefined>);

/** Provides the tokens of face authorizations, each once. */
export interface VideoAuthTokens {
  /**
   * The token for one login, or `undefined` for a login without one.
   * @param authorize authorizes the face now, if the option `face` is set.
   * @throws {SecondFactorRequired} `second_factor_required` if the token was sent before.
   * @throws {InvalidOptions} `invalid_options` if the function did not return a token.
   */
  next(authorize?: () => Promise<string>): Promise<string | undefined>;
  /** Converts the error of a login with a token: without a new token the login is not retried. */
  failed(error: unknown): unknown;
}

/** Guarantee 11: a token that may be used up is not sent again, even if the login got no response. */
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
          "the token of this face authorization has already been sent with a login, and it is valid for one login only. " +
            "Use `face`, or a function as `videoAuthToken`, which is called for each login.",
          { reason: "not_configured", methods: [], remedy: { id: "correct_option", option: "videoAuthToken" } },
        );
      }
      sent = token;
      return token;
    },
    failed(error) {
      if (typeof source !== "string" || !isVmsError(error) || !error.retryable) return error;
      const { status, retryAfter } = error;
      const remedy: Remedy = { id: "check_options", options: ["videoAuthToken"] };
      const details = { status, retryAfter, retryable: false, remedy };
      const what =
        `the login failed${status === undefined ? " without a response" : ` with status ${status}`}. It is not retried, ` +
        "because the token in `videoAuthToken` may already be used.";
      return error.code === "rate_limited"
        ? new RateLimited("findface", what, details)
        : new VendorUnavailable("findface", what, details);
    },
  };
}
