import type { AccountUnavailable } from "./account-unavailable.ts";
import type { InsecureTransport } from "./insecure-transport.ts";
import type { InvalidCredentials } from "./invalid-credentials.ts";
import type { InvalidOptions } from "./invalid-options.ts";
import type { InvalidRequest } from "./invalid-request.ts";
import type { LoginLimited } from "./login-limited.ts";
import type { OriginNotAllowed } from "./origin-not-allowed.ts";
import type { RateLimited } from "./rate-limited.ts";
import type { SecondFactorRejected } from "./second-factor-rejected.ts";
import type { SecondFactorRequired } from "./second-factor-required.ts";
import type { SessionClosed } from "./session-closed.ts";
import type { StoreFailed } from "./store-failed.ts";
import type { UnexpectedResponse } from "./unexpected-response.ts";
import type { VendorUnavailable } from "./vendor-unavailable.ts";
import { hasVmsBrand } from "./vms-error.ts";

/** The union of all `@vms` errors, so that `switch (error.code)` narrows the type. */
export type AnyVmsError =
  | AccountUnavailable
  | InsecureTransport
  | InvalidCredentials
  | InvalidOptions
  | InvalidRequest
  | LoginLimited
  | OriginNotAllowed
  | RateLimited
  | SecondFactorRejected
  | SecondFactorRequired
  | SessionClosed
  | StoreFailed
  | UnexpectedResponse
  | VendorUnavailable;

/**
 * Returns whether a value is an `@vms` error. Unlike `instanceof`, it works across copies and versions of this package.
 * @example
 * try {
 *   await session.fetch("api/v1/me");
 * } catch (error) {
 *   if (!isVmsError(error)) throw error;
 *   console.error(error.code, error.message);
 * }
 */
export function isVmsError(error: unknown): error is AnyVmsError {
  return hasVmsBrand(error);
}
