import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** An account at AlertSite. */
export interface AlertSiteAccount extends Account {
  /** "not-activated" cannot sign in (code 47). "not-entitled" may not see devices (code 64). Default "active". */
  readonly state?: "active" | "not-activated" | "not-entitled" | undefined;
}

/** Options of the AlertSite server. What is marked "assumed" is documented nowhere. */
export interface AlertSiteOptions extends VendorOptions {
  readonly account?: AlertSiteAccount | undefined;
  /** Whether `metadata.status` is a string, as documented, or a number. Default "string". */
  readonly statusType?: "string" | "number" | undefined;
  /** The HTTP status of an answer whose `metadata.status` is not zero. Assumed. Default 200. */
  readonly errorStatus?: number | undefined;
  /** The `metadata.status` of a call without a live session. Assumed. Default 40. */
  readonly expiredCode?: number | undefined;
  /** Which one counts when a call carries both. Assumed. Default "query". */
  readonly precedence?: "query" | "header" | undefined;
  /** Data answers carry `metadata.session`. Default true. */
  readonly echoSession?: boolean | undefined;
  /** A call that fails counts as use of the session. Assumed. Default true. */
  readonly failedCallIsUse?: boolean | undefined;
}

/** AlertSite's server. */
export interface AlertSiteServer extends VendorServer {
  readonly vendor: "alertsite";
  addAccount(account: AlertSiteAccount): void;
}
