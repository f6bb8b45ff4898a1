import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** Options of the admin-token server. Options marked "Assumed" are not documented by the vendor. */
export interface AdminTokenOptions extends VendorOptions {
  /** The status of a login with wrong credentials. Assumed. Default: 422. */
  readonly badCredentials?: 422 | 401 | undefined;
  /** The keys of `errors` in the response to such a login. Assumed. Default: `["login"]`. */
  readonly badCredentialsKeys?: readonly string[] | undefined;
  /** How many logins per minute are accepted before the status is 429. Assumed. Default: no limit. */
  readonly throttle?: number | undefined;
  /** The IANA time zone of `expires_at` and the other times. Assumed. Default: `"UTC"`. */
  readonly timeZone?: string | undefined;
  /** How `expires_at` is written: `YYYY-MM-DD HH:mm:ss`, or ISO 8601 with its zone. Default: `"local"`. */
  readonly expiresAtFormat?: "local" | "iso" | undefined;
  /** Whether `access_token` starts with "Bearer ", as in the vendor's sample. Assumed. Default: `false`. */
  readonly tokenWithPrefix?: boolean | undefined;
  /** Whether a request that does not accept JSON is redirected to `/login` instead of an error. Assumed. Default: `true`. */
  readonly redirectWithoutJson?: boolean | undefined;
}

/** A server that behaves like the admin API of AiPix VMS. */
export interface AdminTokenServer extends VendorServer {
  /** The vendor that the server behaves like. */
  readonly vendor: "admin-token";
}
