import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** An account at Alta. An account with a TOTP secret has a second factor. */
export interface AltaAccount extends Account {
  /** The secret of its app in base32: SHA-1, 30 s, 6 digits. Default: no second factor. */
  readonly totpSecret?: string | undefined;
  /** Whether the account must enrol a second factor first: `mfaResetRequired`. Default: `false`. */
  readonly mustEnrol?: boolean | undefined;
}

/** Options of the Alta server. Options marked "Assumed" are not documented by the vendor. */
export interface AltaOptions extends VendorOptions {
  /** The initial account. Default: a made-up one. */
  readonly account?: AltaAccount | undefined;
  /**
   * What the cookie `va` contains: claims in one base64 segment, a JWT of three parts, or no readable text. Default:
   * `"claims"`.
   */
  readonly cookieValue?: "claims" | "jwt" | "opaque" | undefined;
  /**
   * When the session expires according to the claims, in ms after the login. The server itself does not use it. Assumed.
   * Default: 86,400,000 (24 hours).
   */
  readonly claimedLifetime?: number | undefined;
  /** `Max-Age` of the cookie, in seconds. Assumed. Default: none. */
  readonly maxAge?: number | undefined;
  /** `Expires` of the cookie: a date, or ms after the login. Assumed. Default: none. */
  readonly expires?: Date | number | undefined;
  /** The status of a login that succeeded. Default: 200. */
  readonly loginStatus?: 200 | 302 | undefined;
  /** Whether each response with data replaces `va`, and whether the old value stays valid. Assumed. Default: `false`. */
  readonly rotate?: false | Rotation | undefined;
  /** Whether the status is 401 for a missing user agent, and for the default ones of HTTP clients. Default: `false`. */
  readonly rejectDefaultUserAgents?: boolean | undefined;
  /** Whether the status is 415 for a login whose content type is not JSON. Assumed. Default: `false`. */
  readonly requireJson?: boolean | undefined;
  /** Whether a login sets a second, unrelated cookie after `va`. Assumed. Default: `false`. */
  readonly secondCookie?: boolean | undefined;
  /** The form of the body of an error. Assumed. Default: `"json"`. */
  readonly errorBodies?: "json" | "text" | "empty" | undefined;
  /** Whether a code in the body of `dologin` counts as the second factor. An empty one is ignored. Default: `true`. */
  readonly codeInLogin?: boolean | undefined;
  /** Whether `api/v1/auth` exists. Without it, the status is 404. Assumed: one client uses it. Default: `true`. */
  readonly authRoute?: boolean | undefined;
  /** The status of a wrong code at `api/v1/totp`. Assumed. Default: 401. */
  readonly wrongCodeStatus?: 400 | 401 | 403 | undefined;
  /** After how many consecutive wrong codes the account is refused like a wrong password. Assumed. Default: never. */
  readonly wrongCodesToLock?: number | undefined;
  /** Whether a correct code replaces `va`, and whether the old value stays valid. Assumed. Default: `false`. */
  readonly rotateAtCode?: false | Rotation | undefined;
}

/** Whether the old value of `va` stays valid when it is replaced. */
export type Rotation = "keep-old" | "end-old";

/** A server that behaves like Avigilon Alta Video. */
export interface AltaServer extends VendorServer {
  /** The vendor that the server behaves like. */
  readonly vendor: "alta";
  /**
   * Adds an account, or replaces the one with the same user name.
   * @example
   * server.addAccount({ username: "second@acme.example", password: "quiet-meadow-35", totpSecret: "GEZDGNBVGY3TQOJQ" });
   */
  addAccount(account: AltaAccount): void;
  /**
   * Makes the next response with data replace the cookie `va`.
   * @param rotation whether the old value stays valid. Default: `"keep-old"`.
   * @example
   * server.rotateNext("end-old");
   */
  rotateNext(rotation?: Rotation): void;
  /**
   * Returns the code that the app of an account shows now.
   * @throws {Error} `Error` if the account has no second factor.
   * @example
   * const code = await server.totpCode("second@acme.example");
   */
  totpCode(username: string): Promise<string>;
}
