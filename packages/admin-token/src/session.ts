import type { Session, WaitOptions } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { adminTokenFlow } from "./flow.ts";
import { type AdminTokenOptions, parseOptions } from "./options.ts";
import { whoAmI } from "./who-am-i.ts";
import type { AdminUser } from "./wire.ts";

/** A session with the admin API of AiPix VMS. */
export interface AdminTokenSession extends Session<AdminUser> {
  /**
   * Returns the current data of the signed-in administrator from the vendor. `info.user` has the data at the login. The call
   * signs in if necessary, and is sent again with a new token after a rejection.
   * @throws {RateLimited} `rate_limited` for the status 429.
   * @throws {VendorUnavailable} `vendor_unavailable` for a 5xx status, and if the vendor does not respond within `timeout`.
   * @throws {UnexpectedResponse} `unexpected_response` for any other status, for example 403 if the user may not read
   * administrators, and for a response of another shape.
   * @throws {VmsError} `invalid_credentials` or `invalid_request` if the vendor does not accept the login.
   * @throws {InvalidOptions} `invalid_options` if `credentials` returns an invalid value.
   * @throws {SessionClosed} `session_closed` after `logout()`.
   * @see AiPix VMS, Admin API, `GET /api/admin/v1/admins/{id}`
   * @example
   * const { permissions } = await session.whoAmI({ signal: AbortSignal.timeout(10_000) });
   */
  whoAmI(options?: WaitOptions): Promise<AdminUser>;
}

/**
 * Creates a session with the admin API of AiPix VMS. It does no I/O: the first call signs in.
 * The vendor has no logout: `logout()` removes the token here and from the store, and sends nothing.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 * @throws {InsecureTransport} `insecure_transport` for `http://` to a host that is not loopback, unless
 * `allowInsecureHttp` is set.
 * @see AiPix VMS, Admin API, "Obtaining a token"
 * @example
 * const session = createAdminTokenSession({ baseUrl: "https://vms.example", credentials: { username, password } });
 * const admins = await session.http.get("api/admin/v1/admins").json();
 */
export function createAdminTokenSession(options: AdminTokenOptions): AdminTokenSession {
  const { settings, common } = parseOptions(options);
  const session = createSession(adminTokenFlow(settings), common);
  // Extend the session itself: a copy would freeze `info`.
  return Object.assign(session, { whoAmI: (wait: WaitOptions = {}) => whoAmI(session, wait) });
}
