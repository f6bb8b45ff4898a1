import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** An account at AlertSite. */
export interface AlertSiteAccount extends Account {
  /** `"not-activated"` cannot sign in (code 47). `"not-entitled"` may not see devices (code 64). Default: `"active"`. */
  readonly state?: "active" | "not-activated" | "not-entitled" | undefined;
}

/** Options of the AlertSite server. Options marked "Assumed" are not documented by the vendor. */
export interface AlertSiteOptions extends VendorOptions {
  /** The initial account. Default: a made-up one. */
  readonly account?: AlertSiteAccount | undefined;
  /** Whether `metadata.status` is a string, as documented, or a number. Default: `"string"`. */
  readonly statusType?: "string" | "number" | undefined;
  /** The HTTP status of a response whose `metadata.status` is not 0. Assumed. Default: 200. */
  readonly errorStatus?: number | undefined;
  /** The `metadata.status` of a call without a live session. Assumed. Default: 40. */
  readonly expiredCode?: number | undefined;
  /** The credential that counts if a call has both. Assumed. Default: `"query"`. */
  readonly precedence?: "query" | "header" | undefined;
  /** Whether data responses contain `metadata.session`. Default: `true`. */
  readonly echoSession?: boolean | undefined;
  /** Whether a failed call counts as a use of the session. Assumed. Default: `true`. */
  readonly failedCallIsUse?: boolean | undefined;
}

/** A server that behaves like SmartBear AlertSite's JSON API. */
export interface AlertSiteServer extends VendorServer {
  /** The simulated vendor. */
  readonly vendor: "alertsite";
  /**
   * Adds an account, or replaces the one with the same user name.
   * @example
   * server.addAccount({ username: "second@acme.example", password: "quiet-meadow-35", state: "not-activated" });
   */
  addAccount(account: AlertSiteAccount): void;
}
