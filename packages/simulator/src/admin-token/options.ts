import type { VendorOptions, VendorServer } from "../vendor-server.ts";

/** Options of the admin-token server. Options marked "Assumed" are not documented by the vendor. */
export interface AdminTokenOptions extends VendorOptions {
  /** The status of a login with the wrong credentials. Assumed. Default: 422. */
  readonly badCredentials?: 422 | 401 | undefined;
  /** The keys of `errors` in the response to such a login. Assumed. Default: `["login"]`. */
  readonly badCredentialsKeys?: readonly string[] | undefined;
  /** The number of logins per minute before the status is 429. Assumed. Default: no limit. */
  readonly throttle?: number | undefined;
  /** The IANA time zone of `expires_at` and the other times. Assumed. Default: `"UTC"`. */
  readonly timeZone?: string | undefined;
  /** The format of `expires_at`: `YYYY-MM-DD HH:mm:ss`, or ISO 8601 with its zone. Default: `"local"`. */
  readonly expiresAtFormat?: "local" | "iso" | undefined;
  /** Whether `access_token` starts with "Bearer ", as in the vendor's sample. Assumed. Default: `false`. */
  readonly tokenWithPrefix?: boolean | undefined;
  /** Whether an error redirects to `/login` if the request does not accept JSON. Assumed. Default: `true`. */
  readonly redirectWithoutJson?: boolean | undefined;
}

/** A server that behaves like the admin API of AiPix VMS. */
export interface AdminTokenServer extends VendorServer {
  /** The simulated vendor. */
  readonly vendor: "admin-token";
}
