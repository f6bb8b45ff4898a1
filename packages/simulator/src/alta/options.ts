import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** An account at Alta. An account with a TOTP secret has a second factor. */
export interface AltaAccount extends Account {
  /** The TOTP secret in base32 (SHA-1, 30 s, 6 digits). Default: no second factor. */
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
   * The expiry in the claims, in ms after the login. It does not end the session. Assumed. Default: 86,400,000 (24 h).
   */
  readonly claimedLifetime?: number | undefined;
  /** `Max-Age` of the cookie, in seconds. Assumed. Default: none. */
  readonly maxAge?: number | undefined;
  /** `Expires` of the cookie: a date, or ms after the login. Assumed. Default: none. */
  readonly expires?: Date | number | undefined;
  /** The status of a successful login. Default: 200. */
  readonly loginStatus?: 200 | 302 | undefined;
  /** Whether each data response replaces `va`, and whether the old value stays valid. Assumed. Default: `false`. */
  readonly rotate?: false | Rotation | undefined;
  /** Whether a missing or default `User-Agent` of an HTTP client gets a 401. Default: `false`. */
  readonly rejectDefaultUserAgents?: boolean | undefined;
  /** Whether a login whose content type is not JSON gets a 415. Assumed. Default: `false`. */
  readonly requireJson?: boolean | undefined;
  /** Whether a login sets a second, unrelated cookie after `va`. Assumed. Default: `false`. */
  readonly secondCookie?: boolean | undefined;
  /** The format of error bodies. Assumed. Default: `"json"`. */
  readonly errorBodies?: "json" | "text" | "empty" | undefined;
  /** Whether a code in the body of `dologin` counts as the second factor. An empty one is ignored. Default: `true`. */
  readonly codeInLogin?: boolean | undefined;
  /** Whether `api/v1/auth` exists instead of returning 404. Assumed: one client uses it. Default: `true`. */
  readonly authRoute?: boolean | undefined;
  /** The status of a wrong code at `api/v1/totp`. Assumed. Default: 401. */
  readonly wrongCodeStatus?: 400 | 401 | 403 | undefined;
  /** The number of consecutive wrong codes after which logins get a 401. Assumed. Default: never. */
  readonly wrongCodesToLock?: number | undefined;
  /** Whether a correct code replaces `va`, and whether the old value stays valid. Assumed. Default: `false`. */
  readonly rotateAtCode?: false | Rotation | undefined;
}

/** Whether the old value of `va` stays valid when it is replaced. */
export type Rotation = "keep-old" | "end-old";

/** A server that behaves like Avigilon Alta Video. */
export interface AltaServer extends VendorServer {
  /** The simulated vendor. */
  readonly vendor: "alta";
  /**
   * Adds an account, or replaces the one with the same user name.
   * @example
   * server.addAccount({ username: "second@acme.example", password: "quiet-meadow-35", totpSecret: "GEZDGNBVGY3TQOJQ" });
   */
  addAccount(account: AltaAccount): void;
  /**
   * Makes the next data response replace the cookie `va`.
   * @param rotation whether the old value stays valid. Default: `"keep-old"`.
   * @example
   * server.rotateNext("end-old");
   */
  rotateNext(rotation?: Rotation): void;
  /**
   * Returns the current code of an account's authenticator app.
   * @throws {Error} `Error` if the account has no second factor.
   * @example
   * const code = await server.totpCode("second@acme.example");
   */
  totpCode(username: string): Promise<string>;
}
