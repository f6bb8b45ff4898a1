import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** An account at FindFace Multi. */
export interface FindFaceAccount extends Account {
  /** The exact content of a video that shows this person's face. Default: no face. */
  readonly face?: string | undefined;
  /** Whether the account can sign in. Default: `true`. */
  readonly active?: boolean | undefined;
  /** What the account may do besides reading its own data. Default: everything. */
  readonly permissions?: readonly string[] | undefined;
  /** The language of the vendor's messages. Default: `"en-us"`. */
  readonly language?: "en-us" | "es" | "ru" | undefined;
}

/** How users sign in. */
export type FindFaceMode = "password" | "face" | "face_or_password" | "face_and_password";

/** Options of the FindFace server. Options marked "Assumed" are not documented by the vendor. */
export interface FindFaceOptions extends VendorOptions {
  /** The initial account. Default: a made-up one. */
  readonly account?: FindFaceAccount | undefined;
  /** The path of the API. Default: `""`. */
  readonly basePath?: "" | "/api" | undefined;
  /** How users sign in. Default: `"password"`. */
  readonly mode?: FindFaceMode | undefined;
  /** Whether a login with the same `uuid` ends the older session of that user and device. Assumed. Default: `true`. */
  readonly sameUuidReplaces?: boolean | undefined;
  /**
   * Whether the password turns the token of the face into the token of the session (`"kept"`), or the session gets
   * another one (`"replaced"`). Assumed. Default: `"kept"`.
   */
  readonly faceToken?: "kept" | "replaced" | undefined;
  /** The format of the session list: the documented pages, or an array. Default: `"pages"`. */
  readonly sessionList?: "pages" | "array" | undefined;
  /** The type of a session id: the documented text, or a number. Default: `"text"`. */
  readonly sessionId?: "text" | "number" | undefined;
  /** The format of `next_page` and `prev_page`: a URL with the cursor in `page`, or only the cursor. Default: `"url"`. */
  readonly pageLinks?: "url" | "cursor" | undefined;
  /** The time from a device's last request until it is `offline`, in ms; its session stays. Assumed. Default: 300,000. */
  readonly offlineAfter?: number | undefined;
  /** The status with which every login and data call gets `LICENSE_ERROR`. Default: `false`, a valid license. */
  readonly licenseError?: false | 403 | 401 | undefined;
  /** The format of times: `…Z` with milliseconds, or a numeric offset and microseconds. Default: `"iso"`. */
  readonly timeFormat?: "iso" | "offset" | undefined;
}

/** A server that behaves like NtechLab FindFace Multi. */
export interface FindFaceServer extends VendorServer {
  /** The simulated vendor. */
  readonly vendor: "findface";
  /** An account that can sign in, with the face that a video must show. */
  readonly account: FindFaceAccount;
  /**
   * Adds an account, or replaces the one with the same user name.
   * @example
   * server.addAccount({ username: "second", password: "quiet-meadow-35", permissions: [] });
   */
  addAccount(account: FindFaceAccount): void;
  /**
   * Blocks a device like an administrator: ends its sessions and rejects its logins.
   * @param uuid the name of the device.
   * @param blocked `false` allows its logins again. Default: `true`.
   * @example
   * server.blockDevice("control-room-1");
   */
  blockDevice(uuid: string, blocked?: boolean): void;
}
