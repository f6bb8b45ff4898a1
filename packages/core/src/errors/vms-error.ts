/** The stable codes of everything that this package throws on its own account. */
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

/** What every error may carry beside its message. */
export interface VmsErrorDetails {
  /** Whether the same call can succeed later with nothing changed. Default: `false`. */
  readonly retryable?: boolean;
  /** The HTTP status of the vendor's answer, where there was one. */
  readonly status?: number | undefined;
  /** How long the vendor asks to wait, in milliseconds. */
  readonly retryAfter?: number | undefined;
}

// A symbol of the global registry, so that the guard also knows errors of another copy of this package.
const brand = Symbol.for("@vms/core/error");

/**
 * The base of all errors of `@vms`. Compare `code`, not the class: two copies of this package have two classes.
 * No error holds a password, cookie, token, session id or the original error of the network in `cause`.
 */
export abstract class VmsError extends Error {
  abstract readonly code: VmsErrorCode;
  /** The vendor whose session it was, for example `"acme"`. */
  readonly vendor: string;
  /** Whether the same call can succeed later with nothing changed. */
  readonly retryable: boolean;
  /** The HTTP status of the vendor's answer, where there was one. */
  declare readonly status?: number;
  /** How long the vendor asks to wait, in milliseconds. */
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

/** Whether a value is an error of `@vms`, from this copy of the package or another. */
export function hasVmsBrand(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { [brand]?: unknown })[brand] === true;
}
