import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** Why an account cannot sign in. The documented status of each is beside it. */
export type EagleEyeState =
  | "active"
  | "user-pending" // 462, before the password is looked at
  | "account-suspended" // 402
  | "account-inactive" // 460
  | "account-pending" // 461
  | "user-disabled" // 412
  | "ip-not-allowed" // 465
  | "locked"; // 429 at authorize

/** The addresses for second-factor codes. */
export interface EagleEyeContacts {
  readonly sms?: string | undefined;
  readonly email?: string | undefined;
}

/** An account at Eagle Eye Networks. With contacts it has a second factor. */
export interface EagleEyeAccount extends Account {
  /** One or more. The documented order decides which is reported. Default "active". */
  readonly state?: EagleEyeState | readonly EagleEyeState[] | undefined;
  readonly secondFactor?: EagleEyeContacts | undefined;
}

/** A way that a code can be sent by. */
export type EagleEyeWay = keyof EagleEyeContacts;

/** A sent code. */
export interface SentCode {
  readonly username: string;
  readonly type: EagleEyeWay;
  readonly to: string;
  readonly code: string;
  readonly at: number;
}

/** Options of the Eagle Eye server. What is marked "assumed" is documented nowhere. */
export interface EagleEyeOptions extends VendorOptions {
  readonly account?: EagleEyeAccount | undefined;
  /** The name of the session cookie. Default "videobank_sessionid". */
  readonly cookieName?: "videobank_sessionid" | "auth_key" | "both" | undefined;
  /** The user's `active_brand_subdomain`. Default "c001". */
  readonly brand?: string | undefined;
  /** The API key that logins must carry, in `Authentication` or `Authorization`: assumed. Default: none. */
  readonly apiKey?: string | undefined;
  /** The realm that authenticate must name. Default: none is asked for, and each is taken. */
  readonly realm?: string | undefined;
  /** How long the token of authenticate lives, in ms. Default 30 seconds, 15 minutes with a second factor. */
  readonly tokenLifetime?: number | undefined;
  /** Offered methods that cannot send a code: 412, or 415 like an unknown type. Default: none. */
  readonly cannotSend?: Readonly<Partial<Record<EagleEyeWay, 412 | 415>>> | undefined;
  /** A wrong code uses up its token: each further try with it is 401. Assumed: it is documented neither way. Default false. */
  readonly wrongCodeSpendsToken?: boolean | undefined;
  /** A login with a code sets `tfa_key`, which spares the codes of later ones. Default true. */
  readonly setsTfaKey?: boolean | undefined;
  /** Where `tfa_key` is read from. Assumed: only the cookie that sets it is documented. Default "either". */
  readonly rememberTokenPlacement?: "parameter" | "cookie" | "either" | undefined;
  /** `isauth` counts as use of the session. Assumed. Default true. */
  readonly isauthIsUse?: boolean | undefined;
  /** A data call with a trailing slash answers 500. Default true. */
  readonly trailingSlashFails?: boolean | undefined;
}

/** Eagle Eye's server. */
export interface EagleEyeServer extends VendorServer {
  readonly vendor: "eagleeye";
  addAccount(account: EagleEyeAccount): void;
  /** The codes that were sent, oldest first. */
  readonly inbox: readonly SentCode[];
  /** Rejects every `tfa_key` that was set before. */
  forgetTrustedKeys(): void;
}
