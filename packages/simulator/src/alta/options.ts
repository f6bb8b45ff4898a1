import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** An account at Alta. With a TOTP secret it has a second factor. */
export interface AltaAccount extends Account {
  /** Base32. The codes are SHA-1, 30 seconds, 6 digits. */
  readonly totpSecret?: string | undefined;
  /** The account must enrol its second factor first: `mfaResetRequired`. */
  readonly mustEnrol?: boolean | undefined;
}

/** Options of the Alta server. What is marked "assumed" is documented nowhere. */
export interface AltaOptions extends VendorOptions {
  readonly account?: AltaAccount | undefined;
  /** What the cookie `va` holds: claims in one base64 segment, a three-part JWT, or nothing that can be read. Default "claims". */
  readonly cookieValue?: "claims" | "jwt" | "opaque" | undefined;
  /** What the claims say of the end, in ms from the login. The server does not end the session by it. Default 24 hours. */
  readonly claimedLifetime?: number | undefined;
  /** `Max-Age` of the cookie, in seconds. Default: none. */
  readonly maxAge?: number | undefined;
  /** `Expires` of the cookie: a date, or milliseconds from the login. Default: none. */
  readonly expires?: Date | number | undefined;
  /** The status of a login that succeeded. Default 200. */
  readonly loginStatus?: 200 | 302 | undefined;
  /** Every data answer replaces `va`, and the old value stays valid or not. Assumed. Default false. */
  readonly rotate?: false | Rotation | undefined;
  /** Answer 401 to a missing user agent and to those that HTTP clients send by default. Default false. */
  readonly rejectDefaultUserAgents?: boolean | undefined;
  /** A login whose type is not JSON is answered 415. Assumed. Default true. */
  readonly requireJson?: boolean | undefined;
  /** What the body of an error is. Assumed. Default "json". */
  readonly errorBodies?: "json" | "text" | "empty" | undefined;
  /** A code in `dologin`'s body is taken as the second factor. Default true. */
  readonly codeInLogin?: boolean | undefined;
  /** Whether there is `api/v1/auth`; without it, it is answered 404. Assumed: it was seen in a client. Default true. */
  readonly authRoute?: boolean | undefined;
  /** The status of a wrong code at `api/v1/totp`. Assumed. Default 401. */
  readonly wrongCodeStatus?: 400 | 401 | 403 | undefined;
  /** After so many consecutive wrong codes the account is refused like a wrong password. Assumed. Default: never. */
  readonly wrongCodesToLock?: number | undefined;
  /** A right code replaces `va`, and the old value stays valid or not. Assumed. Default false. */
  readonly rotateAtCode?: false | Rotation | undefined;
}

/** Whether the old value stays valid when `va` is replaced. */
export type Rotation = "keep-old" | "end-old";

/** Alta's server. */
export interface AltaServer extends VendorServer {
  readonly vendor: "alta";
  addAccount(account: AltaAccount): void;
  /** The next data answer replaces `va`. Default: the old value stays valid. */
  rotateNext(rotation?: Rotation): void;
  /** The code that an account's second factor shows now. */
  totpCode(username: string): Promise<string>;
}
