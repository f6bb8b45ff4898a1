import { adviceOf } from "./advice.ts";
import type { Remedy } from "./remedy.ts";

/** The codes of all `@vms` errors. They are stable between versions. */
export type VmsErrorCode =
  | "invalid_options"
  | "invalid_credentials"
  | "account_unavailable"
  | "second_factor_required"
  | "second_factor_rejected"
  | "invalid_request"
  | "rate_limited"
  | "login_limited"
  | "vendor_unavailable"
  | "unexpected_response"
  | "insecure_transport"
  | "origin_not_allowed"
  | "session_closed"
  | "store_failed";

/** Details that any error can have. */
export interface VmsErrorDetails {
  /** Whether the same call can succeed later without changes. Default: `false`. */
  readonly retryable?: boolean;
  readonly status?: number | undefined;
  /** How long the vendor asks to wait, in ms; `retry.maxDelay` if its `Retry-After` is unreadable. */
  readonly retryAfter?: number | undefined;
  /** A suggested fix, which ends the message. Default: depends on the class. */
  readonly remedy?: Remedy;
}

// In the global symbol registry, so that the guard recognises errors from other copies of this package.
const brand = Symbol.for("@vms/core/error");

/**
 * The base class of all `@vms` errors. Compare `code` instead of using `instanceof`, which fails across copies of this
 * package.
 *
 * No error contains a password, cookie, token or session id. `cause` is never the original network error.
 */
export abstract class VmsError extends Error {
  abstract readonly code: VmsErrorCode;
  readonly vendor: string;
  /** Whether the same call can succeed later without changes. */
  readonly retryable: boolean;
  /** The HTTP status of the vendor's response, if any. */
  declare readonly status?: number;
  /** How long the vendor asks to wait, in ms. */
  declare readonly retryAfter?: number;
  /** A suggested fix that programs can show in their own words. */
  readonly remedy: Remedy;
  /** The message without the package prefix and the suggested fix. */
  declare readonly problem: string;

  /** @param problem what went wrong, in whole sentences and without advice. */
  constructor(vendor: string, problem: string, details: VmsErrorDetails & { readonly remedy: Remedy }) {
    const advice = adviceOf(details.remedy, details.retryAfter);
    super(`[@vms/${vendor}] ${problem}${advice === "" ? "" : ` ${advice}`}`);
    this.vendor = vendor;
    this.retryable = details.retryable ?? false;
    this.remedy = details.remedy;
    if (details.status !== undefined) this.status = details.status;
    if (details.retryAfter !== undefined) this.retryAfter = details.retryAfter;
    // Not enumerable, so that a printed error shows each text once.
    Object.defineProperty(this, "problem", { value: problem });
    Object.defineProperty(this, brand, { value: true });
  }
}

export function hasVmsBrand(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { [brand]?: unknown })[brand] === true;
}
