import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** Options of the admin-token server. What is marked "assumed" is documented nowhere. */
export interface AdminTokenOptions extends VendorOptions {
  /** The status of a login with wrong credentials. Assumed. Default 422. */
  readonly badCredentials?: 422 | 401 | undefined;
  /** The keys of `errors` in that answer. Assumed. Default `["login"]`. */
  readonly badCredentialsKeys?: readonly string[] | undefined;
  /** Logins in a minute before 429 is answered. Assumed. Default: no limit. */
  readonly throttle?: number | undefined;
  /** The IANA zone of `expires_at` and the other times. Assumed. Default "UTC". */
  readonly timeZone?: string | undefined;
  /** How `expires_at` is written: `YYYY-MM-DD HH:mm:ss`, or ISO 8601 with its zone. Default "local". */
  readonly expiresAtFormat?: "local" | "iso" | undefined;
  /** `access_token` starts with "Bearer ", as in the page's sample. Default false. */
  readonly tokenWithPrefix?: boolean | undefined;
  /** Redirect to `/login` instead of an error when JSON is not accepted. Assumed. Default true. */
  readonly redirectWithoutJson?: boolean | undefined;
}

/** The server of AiPix VMS' admin API. */
export interface AdminTokenServer extends VendorServer {
  readonly vendor: "admin-token";
}
