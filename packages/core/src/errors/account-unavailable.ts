import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** Why an account cannot sign in although its password is correct. */
export type AccountUnavailableReason =
  | "suspended"
  | "inactive"
  | "pending"
  | "disabled"
  | "locked"
  | "ip_not_allowed"
  | "license";

/**
 * `account_unavailable`: the account exists, but the vendor does not let it sign in.
 *
 * The login is not retried until the credentials change or you call `renew()`.
 */
export class AccountUnavailable extends VmsError {
  override readonly name = "AccountUnavailable";
  readonly code = "account_unavailable" as const;
  readonly reason: AccountUnavailableReason;

  constructor(
    vendor: string,
    problem: string,
    details: VmsErrorDetails & { readonly reason: AccountUnavailableReason },
  ) {
    const id = details.reason === "pending" ? "finish_registration" : "ask_administrator";
    super(vendor, problem, { remedy: { id }, ...details });
    this.reason = details.reason;
  }
}
