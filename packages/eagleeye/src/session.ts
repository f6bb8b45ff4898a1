import type { Session, WaitOptions } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { eagleEyeFlow } from "./flow.ts";
import { isAuthenticated } from "./is-authenticated.ts";
import { checkAccount, type EagleEyeOptions, parseOptions } from "./options.ts";
import type { EagleEyeUser } from "./user.ts";

/** A session with Eagle Eye Networks. */
export interface EagleEyeSession extends Session<EagleEyeUser> {
  /**
   * Asks the vendor whether this session is valid. It never signs in: without a live session it returns `false` and sends
   * nothing.
   *
   * An assumption: `isAuthenticated()` counts as a use of the session. In `@vms/simulator`: `isauthIsUse`.
   * @throws {RateLimited} `rate_limited` for the status 429.
   * @throws {VendorUnavailable} `vendor_unavailable` for a 5xx status, and if the vendor does not respond within `timeout`.
   * @throws {UnexpectedResponse} `unexpected_response` for any status except 200 and 401.
   * @see Eagle Eye Networks API, "Is Auth"
   * @example
   * if (!(await session.isAuthenticated())) await session.renew();
   */
  isAuthenticated(options?: WaitOptions): Promise<boolean>;
  /**
   * Creates a separate session on another account of the same user, with the same options. It sends nothing: its first
   * call signs in. It does not use the option `cookies`: a switch of that vendor session would also switch this session.
   * @param account the account's id, as in `g/account/list`.
   * @throws {InvalidOptions} `invalid_options` if the id is not a non-empty string.
   * @see Eagle Eye Networks API, "Switch Account"
   * @example
   * const other = session.switchAccount("00004206");
   * const devices = await other.http.get("g/device/list").json();
   */
  switchAccount(account: string): EagleEyeSession;
}

/**
 * Creates a session with Eagle Eye Networks (classic API). It does no I/O: the first call signs in.
 * The vendor does not document how long a session lasts: set `lifetime` and `idleTimeout` if you know them.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 * @throws {InsecureTransport} `insecure_transport` for `http://` to a host that is not loopback, unless
 * `allowInsecureHttp` is set.
 * @see Eagle Eye Networks API, "Authentication"
 * @example
 * const session = createEagleEyeSession({ credentials: { username, password }, secondFactor });
 * const devices = await session.http.get("g/device/list").json();
 */
export function createEagleEyeSession(options: EagleEyeOptions): EagleEyeSession {
  const { settings, common } = parseOptions(options);
  const session = createSession(eagleEyeFlow(settings), common);
  // Extend the session itself: a copy would freeze `info`.
  return Object.assign(session, {
    isAuthenticated: (wait: WaitOptions = {}) => isAuthenticated(session, wait),
    switchAccount(account: string) {
      checkAccount(account);
      // Neither the given session nor what is remembered of this one's logins belongs to the other account.
      const { cookies: _, loginHistory: __, ...rest } = options;
      return createEagleEyeSession({ ...rest, account });
    },
  });
}
