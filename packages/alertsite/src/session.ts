import type { Session } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { alertSiteFlow } from "./flow.ts";
import { type AlertSiteOptions, parseOptions } from "./options.ts";
import type { AlertSiteUser } from "./wire.ts";

/** A session with SmartBear AlertSite. */
export type AlertSiteSession = Session<AlertSiteUser>;

/**
 * Creates a session with SmartBear AlertSite. It does no I/O: the first call signs in.
 * The session expires 15 minutes (900,000 ms) after its last use unless `idleTimeout` is set.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 * @throws {InsecureTransport} `insecure_transport` for `http://` to a host that is not loopback, unless
 * `allowInsecureHttp` is set.
 * @see AlertSite JSON API, "Login" and "Authentication"
 * @example
 * const session = createAlertSiteSession({ credentials: { username, password } });
 * const locations = await session.http.get("locations").json();
 */
export function createAlertSiteSession(options: AlertSiteOptions): AlertSiteSession {
  const { settings, common } = parseOptions(options);
  return createSession(alertSiteFlow(settings), common);
}
