import {
  createSession,
  InvalidOptions,
  parseBaseUrl,
  type Session,
  type SessionOptions,
  type WaitOptions,
} from "@vms/core";
import { isTimeZone } from "./expires-at.ts";
import { adminTokenFlow } from "./flow.ts";
import { whoAmI } from "./who-am-i.ts";
import type { AdminUser } from "./wire.ts";

/** What a session with the admin API of AiPix VMS is made of. */
export interface AdminTokenOptions extends SessionOptions {
  /** The installation: `https://host`. */
  readonly baseUrl: string | URL;
  /**
   * The IANA zone that the installation tells a token's end in, for example `"Europe/Berlin"`. It is used where
   * `expires_at` names no zone of its own. Default, and an assumption: `"UTC"`.
   */
  readonly timeZone?: string;
}

/** A session with the admin API of AiPix VMS. */
export interface AdminTokenSession extends Session<AdminUser> {
  /**
   * Asks the vendor for the administrator who is signed in, as of now; `info.user` is as of the login. It is a call like
   * any other: it signs in if need be, and where the token is refused it is sent once more with a new one.
   * @throws {RateLimited} (`rate_limited`) for 429.
   * @throws {VendorUnavailable} (`vendor_unavailable`) for 5xx, and without an answer within `timeout`.
   * @throws {UnexpectedResponse} (`unexpected_response`) for any other status, such as 403 to a user who may not read
   * administrators, and for an answer of another shape.
   * @see AiPix VMS, Admin API, `GET /api/admin/v1/admins/{id}`
   */
  whoAmI(options?: WaitOptions): Promise<AdminUser>;
}

/**
 * Makes a session with the admin API of AiPix VMS. It does no I/O: the first call signs in.
 * The vendor has no sign-out: `logout()` forgets the token here and in the store, and sends nothing.
 * @throws {InvalidOptions} naming the option that is missing or malformed.
 * @throws {InsecureTransport} for `http://` to a host that is not loopback, unless `allowInsecureHttp` is set.
 */
export function createAdminTokenSession(options: AdminTokenOptions): AdminTokenSession {
  const baseUrl = parseBaseUrl("admin-token", options?.baseUrl);
  const { timeZone = "UTC" } = options;
  if (!isTimeZone(timeZone)) {
    throw new InvalidOptions("admin-token", '`timeZone` must be an IANA time zone, for example "Europe/Berlin".');
  }
  const session = createSession(adminTokenFlow(baseUrl, timeZone), options);
  // Onto the session itself: a copy would freeze `info` as it is now.
  return Object.assign(session, { whoAmI: (wait: WaitOptions = {}) => whoAmI(session, options, wait) });
}
