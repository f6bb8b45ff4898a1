/** The codes of all errors of `@vms`. They stay the same between versions. */
export type VmsErrorCode =
  | "invalid_options"
  | "invalid_credentials"
  | "account_unavailable"
  | "second_factor_required"
  | "second_factor_rejected"
  | "invalid_request"
  | "rate_limited"
  | "vendor_unavailable"
  | "unexpected_response"
  | "insecure_transport"
  | "origin_not_allowed"
  | "session_closed"
  | "store_failed";

/** The details that every error can have. */
export interface VmsErrorDetails {
  /** Whether the same call can succeed later without any change. Default: `false`. */
  readonly retryable?: boolean;
  /** The HTTP status of the vendor's response, if there was one. */
  readonly status?: number | undefined;
  /** How long the vendor asks to wait, in ms. */
  readonly retryAfter?: number | undefined;
}

// A symbol of the global registry, so that the guard recognises errors of another copy of this package.
const brand = Symbol.for("@vms/core/error");

/**
 * The base class of all errors of `@vms`. Compare `code`, not the class: two copies of this package have two classes.
 *
 * No error contains a password, cookie, token or session id. `cause` never has the original network error.
 */
export abstract class VmsError extends Error {
  abstract readonly code: VmsErrorCode;
  /** The vendor of the session, for example `"acme"`. */
  readonly vendor: string;
  /** Whether the same call can succeed later without any change. */
  readonly retryable: boolean;
  /** The HTTP status of the vendor's response, if there was one. */
  declare readonly status?: number;
  /** How long the vendor asks to wait, in ms. */
  declare readonly retryAfter?: number;

  constructor(vendor: string, message: string, details: VmsErrorDetails = {}) {
    super(`[@vms/${vendor}] ${message}`);
    this.vendor = vendor;
    this.retryable = details.retryable ?? false;
    if (details.status !== undefined) this.status = details.status;
    if (details.retryAfter !== undefined) this.retryAfter = details.retryAfter;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** Returns whether a value is an error of this copy or another copy of the package. */
export function hasVmsBrand(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { [brand]?: unknown })[brand] === true;
}
