import { CliError } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import { isHttpParserError } from "../../errors/invalid-http.ts";
import type { Profile } from "../../profiles/profile.ts";
import { profileHost } from "../../profiles/urls.ts";
import type { FetchWrapper } from "../../sessions/create-fetch.ts";

/** A request that got no response. */
export interface RequestFailure {
  readonly host: string;
  /** Whether `fetch` refused a redirect. */
  readonly isRedirect: boolean;
}

/** Wraps a `fetch` to record its last failure. The session's own error contains only a code. */
export function recordFailure(): {
  readonly wrapFetch: FetchWrapper;
  readonly failure: () => RequestFailure | undefined;
} {
  let failure: RequestFailure | undefined;
  return {
    wrapFetch: (fetch) => async (input, init) => {
      try {
        const response = await fetch(input, init);
        failure = undefined;
        return response;
      } catch (error) {
        failure = {
          host: new URL(input instanceof Request ? input.url : input).host,
          isRedirect:
            error instanceof Error && error.cause instanceof Error && error.cause.message === "unexpected redirect",
        };
        throw error;
      }
    },
    failure: () => failure,
  };
}

/**
 * Explains the error of a request that got no response. Names the host if it is not the profile's, for example after a
 * redirect.
 */
export function explainFailure(error: unknown, failure: RequestFailure | undefined, profile: Profile): unknown {
  if (failure === undefined || !(error instanceof TypeError)) return error;
  if (failure.isRedirect) {
    return new CliError(
      EXIT.failed,
      "the vendor answered with a redirect, which is not followed with --input.",
      undefined,
      error,
    );
  }
  const { host } = failure;
  const code = error.cause instanceof Error && "code" in error.cause ? String(error.cause.code) : undefined;
  if (host === profileHost(profile) || isHttpParserError(code)) return error;
  return new CliError(
    EXIT.unavailable,
    `the host ${host} could not be reached${code === undefined ? "" : ` (${code})`}.`,
    "The vendor's response led there, not the profile's URL.",
    error,
  );
}
