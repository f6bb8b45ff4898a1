import type { Session, WaitOptions } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { adminTokenFlow } from "./flow.ts";
import { type AdminTokenOptions, parseOptions } from "./options.ts";
import { whoAmI } from "./who-am-i.ts";
import type { AdminUser } from "./wire.ts";

/** A session with the admin API of AiPix VMS. */
export interface AdminTokenSession extends Session<AdminUser> {
  /**
   * Asks the vendor for the current data of the signed-in administrator; `info.user` is the data at login. It is a call
   * like any other: it signs in if necessary, and is sent again with a new token after a rejection.
   * @throws {RateLimited} (`rate_limited`) for 429.
   * @throws {VendorUnavailable} (`vendor_unavailable`) for 5xx, and without a response within `timeout`.
   * @throws {UnexpectedResponse} (`unexpected_response`) for any other status, for example 403 if the user may not read
   * administrators, and for a response of another shape.
   * @see AiPix VMS, Admin API, `GET /api/admin/v1/admins/{id}`
   */
  whoAmI(options?: WaitOptions): Promise<AdminUser>;
}

/**
 * Creates a session with the admin API of AiPix VMS. It does no I/O: the first call signs in.
 * The vendor has no logout: `logout()` removes the token here and from the store, and sends nothing.
 * @throws {InvalidOptions} (`invalid_options`) naming the option that is missing or malformed.
 * @throws {InsecureTransport} (`insecure_transport`) for `http://` to a host that is not loopback, unless
 * `allowInsecureHttp` is set.
 */
export function createAdminTokenSession(options: AdminTokenOptions): AdminTokenSession {
  const { settings, common } = parseOptions(options);
  const session = createSession(adminTokenFlow(settings), common);
  // Extend the session itself: a copy would freeze `info`.
  return Object.assign(session, { whoAmI: (wait: WaitOptions = {}) => whoAmI(session, wait) });
}
