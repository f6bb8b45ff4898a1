import { adviceOf } from "./advice.ts";
import type { Remedy } from "./remedy.ts";

/** The codes of all errors of `@vms`. They stay the same between versions. */
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

/** The details that every error can have. */
export interface VmsErrorDetails {
  /** Whether the same call can succeed later without any change. Default: `false`. */
  readonly retryable?: boolean;
  /** The HTTP status of the vendor's response, if there was one. */
  readonly status?: number | undefined;
  /** How long the vendor asks to wait, in ms. If its `Retry-After` cannot be read, `retry.maxDelay`. */
  readonly retryAfter?: number | undefined;
  /** What can fix the error. The message ends with the core's words for it. Default: it depends on the class. */
  readonly remedy?: Remedy;
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
  /** What can fix the error, so that a program can say it in its own words. */
  readonly remedy: Remedy;
  /** What went wrong: the message without the package's name and without advice. */
  declare readonly problem: string;

  /** @param problem what went wrong, in whole sentences. What to do about it is the remedy. */
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

/** Returns whether a value is an error of this copy or another copy of the package. */
export function hasVmsBrand(value: unknown): boolean {
  return typeof value === "object" && value !== null && (value as { [brand]?: unknown })[brand] === true;
}
