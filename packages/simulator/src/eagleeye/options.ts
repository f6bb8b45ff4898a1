import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** Why an account cannot sign in. `"active"` can. Each has its documented status. */
export type EagleEyeState =
  | "active"
  | "user-pending" // 462, before the password is checked
  | "account-suspended" // 402
  | "account-inactive" // 460
  | "account-pending" // 461
  | "user-disabled" // 412
  | "ip-not-allowed" // 465
  | "locked"; // 429 at authorize

/** The addresses for second-factor codes. */
export interface EagleEyeContacts {
  /** The phone number for codes by `sms`. Default: none. */
  readonly sms?: string | undefined;
  /** The e-mail address for codes by `email`. Default: none. */
  readonly email?: string | undefined;
}

/** An account at Eagle Eye Networks. An account with contacts has a second factor. */
export interface EagleEyeAccount extends Account {
  /** One or more states. The documented order decides which one is reported. Default: `"active"`. */
  readonly state?: EagleEyeState | readonly EagleEyeState[] | undefined;
  /** Where codes are sent to. Default: the account has no second factor. */
  readonly secondFactor?: EagleEyeContacts | undefined;
}

/** A method by which a code can be sent. */
export type EagleEyeWay = keyof EagleEyeContacts;

/** A code that the server has sent. */
export interface SentCode {
  /** The user name of the account. */
  readonly username: string;
  /** The method. */
  readonly type: EagleEyeWay;
  /** The phone number or e-mail address. */
  readonly to: string;
  /** The code. */
  readonly code: string;
  /** When it was sent, in ms since the epoch by the simulator's clock. */
  readonly at: number;
}

/** Options of the Eagle Eye server. Options marked "Assumed" are not documented by the vendor. */
export interface EagleEyeOptions extends VendorOptions {
  /** The initial account. Default: a made-up one. */
  readonly account?: EagleEyeAccount | undefined;
  /** The name of the session cookie. Default: `"videobank_sessionid"`. */
  readonly cookieName?: "videobank_sessionid" | "auth_key" | "both" | undefined;
  /** The user's `active_brand_subdomain`. Default: `"c001"`. */
  readonly brand?: string | undefined;
  /** The API key that logins must have, in `Authentication` or `Authorization`. Assumed. Default: none. */
  readonly apiKey?: string | undefined;
  /** The realm that authenticate must have. Default: any realm, or none. */
  readonly realm?: string | undefined;
  /** How long the token of authenticate is valid, in ms. Default: 30,000, or 900,000 with a second factor. */
  readonly tokenLifetime?: number | undefined;
  /** The status for methods that are offered but cannot send a code: 412, or 415 as for an unknown type. Default: none. */
  readonly cannotSend?: Readonly<Partial<Record<EagleEyeWay, 412 | 415>>> | undefined;
  /** Whether a wrong code uses up its token: each further attempt with it is 401. Assumed. Default: `false`. */
  readonly wrongCodeSpendsToken?: boolean | undefined;
  /** Whether a login with a code sets `tfa_key`, so that later logins need no code. Default: `true`. */
  readonly setsTfaKey?: boolean | undefined;
  /** Where `tfa_key` is read from. Assumed: only the cookie that sets it is documented. Default: `"either"`. */
  readonly rememberTokenPlacement?: "parameter" | "cookie" | "either" | undefined;
  /** Whether `isauth` counts as a use of the session. Assumed. Default: `true`. */
  readonly isauthIsUse?: boolean | undefined;
  /** Whether the status is 500 for a data call with a trailing slash. Default: `true`. */
  readonly trailingSlashFails?: boolean | undefined;
}

/** A server that behaves like Eagle Eye Networks' classic API. */
export interface EagleEyeServer extends VendorServer {
  /** The vendor that the server behaves like. */
  readonly vendor: "eagleeye";
  /**
   * Adds an account, or replaces the one with the same user name.
   * @example
   * server.addAccount({ username: "second@acme.example", password: "quiet-meadow-35", secondFactor: { sms: "+15550100" } });
   */
  addAccount(account: EagleEyeAccount): void;
  /** The codes that were sent, oldest first. */
  readonly inbox: readonly SentCode[];
  /**
   * Rejects every `tfa_key` that was set before, so that logins need a code again.
   * @example
   * server.forgetTrustedKeys();
   */
  forgetTrustedKeys(): void;
}
