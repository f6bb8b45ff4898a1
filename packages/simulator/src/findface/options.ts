import type { Account } from "../accounts.ts";
import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** An account at FindFace Multi. */
export interface FindFaceAccount extends Account {
  /** What a video must hold, byte for byte, to show this person's face. Default: no face. */
  readonly face?: string | undefined;
  /** An inactive account cannot sign in. Default true. */
  readonly active?: boolean | undefined;
  /** What it may do besides seeing itself. Default: everything. */
  readonly permissions?: readonly string[] | undefined;
  readonly language?: "en-us" | "es" | "ru" | undefined;
}

/** How people sign in there. */
export type FindFaceMode = "password" | "face" | "face_or_password" | "face_and_password";

/** Options of the FindFace server. What is marked "assumed" is documented nowhere. */
export interface FindFaceOptions extends VendorOptions {
  readonly account?: FindFaceAccount | undefined;
  /** The path of the API. Default "". */
  readonly basePath?: "" | "/api" | undefined;
  readonly mode?: FindFaceMode | undefined;
  /** A login with the same uuid ends the older session of that user and device. Assumed. Default true. */
  readonly sameUuidReplaces?: boolean | undefined;
  /**
   * With two factors, the token of the face becomes the session's own when the password comes, or the session gets
   * another one. Assumed. Default "kept".
   */
  readonly faceToken?: "kept" | "replaced" | undefined;
  /** How the list of sessions comes: in pages, as users do, or as a bare array. Assumed. Default "pages". */
  readonly sessionList?: "pages" | "array" | undefined;
  /** How a session is numbered. Assumed. Default "text". */
  readonly sessionId?: "text" | "number" | undefined;
  /** Every login and data call is answered LICENSE_ERROR with this status. Default: the license is in order. */
  readonly licenseError?: false | 403 | 401 | undefined;
  /** How times are written: `…Z` with milliseconds, or a numeric offset and microseconds. Default "iso". */
  readonly timeFormat?: "iso" | "offset" | undefined;
}

/** FindFace Multi's server. */
export interface FindFaceServer extends VendorServer {
  readonly vendor: "findface";
  /** With the face that a video must show. */
  readonly account: FindFaceAccount;
  addAccount(account: FindFaceAccount): void;
  /** As an administrator: blocks a device, which ends its sessions and refuses its logins, or lets it in again. */
  blockDevice(uuid: string, blocked?: boolean): void;
}
