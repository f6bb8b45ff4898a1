import { VmsError, type VmsErrorDetails } from "./vms-error.ts";

/** Why an account with the right password cannot be used. */
export type AccountUnavailableReason =
  | "suspended"
  | "inactive"
  | "pending"
  | "disabled"
  | "locked"
  | "ip_not_allowed"
  | "license";

/** The account exists, but the vendor does not let it in; `reason` says why. Tried once, like a wrong password. */
export class AccountUnavailable extends VmsError {
  override readonly name = "AccountUnavailable";
  readonly code = "account_unavailable" as const;
  readonly reason: AccountUnavailableReason;

  constructor(
    vendor: string,
    message: string,
    details: VmsErrorDetails & { readonly reason: AccountUnavailableReason },
  ) {
    super(vendor, message, details);
    this.reason = details.reason;
  }
}
