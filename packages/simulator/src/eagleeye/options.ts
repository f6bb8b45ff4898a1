import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** The state of an account. Every state except `"active"` prevents sign-in with its documented status. */
export type EagleEyeState =
  | "active"
  | "user-pending" // 462, before the password is checked
  | "account-suspended" // 402
  | "account-inactive" // 460
  | "account-pending" // 461
  | "user-disabled" // 412
  | "ip-not-allowed" // 465
  | "locked"; // 412, after too many wrong codes

/** The addresses for second-factor codes. */
export interface EagleEyeContacts {
  /** The phone number for codes by `sms`. Default: none. */
  readonly sms?: string | undefined;
  /** The e-mail address for codes by `email`. Default: none. */
  readonly email?: string | undefined;
}

/** An account at Eagle Eye Networks. An account with contacts has a second factor. */
export interface EagleEyeAccount extends Account {
  /** One or more states. The first one in the documented order is reported. Default: `"active"`. */
  readonly state?: EagleEyeState | readonly EagleEyeState[] | undefined;
  /** The addresses that codes are sent to. Default: no second factor. */
  readonly secondFactor?: EagleEyeContacts | undefined;
}

/** A way to send a code. */
export type EagleEyeWay = keyof EagleEyeContacts;

/** A code that the server has sent. */
export interface SentCode {
  /** The user name of the account. */
  readonly username: string;
  /** How the code was sent. */
  readonly type: EagleEyeWay;
  /** The phone number or e-mail address. */
  readonly to: string;
  /** The code. */
  readonly code: string;
  /** When it was sent, in ms since the epoch by the simulator's clock. */
  readonly at: number;
}

/** A header that carries an API key. `KEY` stands for the key. */
export type EagleEyeKeyHeader =
  | "Authorization: KEY"
  | "Authorization: KEY:"
  | "Authentication: KEY"
  | "Authentication: KEY:";

/** Options of the Eagle Eye server. Options marked "Assumed" are not documented by the vendor. */
export interface EagleEyeOptions extends VendorOptions {
  /** The initial account. Default: a made-up one. */
  readonly account?: EagleEyeAccount | undefined;
  /** The name of the session cookie. Either one is accepted. Default: `"both"`. */
  readonly cookieName?: "videobank_sessionid" | "auth_key" | "both" | undefined;
  /** The user's `active_brand_subdomain`. Default: `"c001"`. */
  readonly brand?: string | undefined;
  /** The API key that logins must have. Assumed. Default: none. */
  readonly apiKey?: string | undefined;
  /** The only accepted header for the API key. Assumed. Default: any of them. */
  readonly apiKeyHeader?: EagleEyeKeyHeader | undefined;
  /** The realm that authenticate requires. Assumed. Default: any realm, or none. */
  readonly realm?: string | undefined;
  /** The lifetime of authenticate's token, in ms. Default: 30,000, or 900,000 with a second factor. */
  readonly tokenLifetime?: number | undefined;
  /** The number of consecutive wrong passwords that lock the user, an account setting at the vendor. Default: never. */
  readonly loginAttemptLimit?: number | undefined;
  /** The response to the right password of a user locked by `loginAttemptLimit`. Assumed. Default: 412. */
  readonly passwordLockStatus?: 401 | 403 | 412 | 429 | undefined;
  /** Methods that are offered but fail with a status: 412, or 415 as for an unknown type. Default: none. */
  readonly cannotSend?: Readonly<Partial<Record<EagleEyeWay, 412 | 415>>> | undefined;
  /** Whether a wrong code uses up its token, so that further attempts with it get a 401. Assumed. Default: `false`. */
  readonly wrongCodeSpendsToken?: boolean | undefined;
  /** Whether a login with a code sets `tfa_key`, so that later logins need no code. Default: `true`. */
  readonly setsTfaKey?: boolean | undefined;
  /** The accepted placement of `tfa_key`. Assumed: only the cookie that sets it is documented. Default: `"either"`. */
  readonly rememberTokenPlacement?: "parameter" | "cookie" | "either" | undefined;
  /** Whether `isauth` counts as a use of the session. Assumed. Default: `true`. */
  readonly isauthIsUse?: boolean | undefined;
  /** Whether a data call with a trailing slash gets a 500. Default: `true`. */
  readonly trailingSlashFails?: boolean | undefined;
}

/** A server that behaves like Eagle Eye Networks' classic API. */
export interface EagleEyeServer extends VendorServer {
  /** The simulated vendor. */
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
