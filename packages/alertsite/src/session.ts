import type { Session } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { alertSiteFlow } from "./flow.ts";
import { type AlertSiteOptions, parseOptions } from "./options.ts";
import type { AlertSiteUser } from "./wire.ts";

/** A session with AlertSite. */
export type AlertSiteSession = Session<AlertSiteUser>;

/**
 * Creates a session with SmartBear AlertSite. It does no I/O: the first call signs in.
 * The session expires 15 minutes (900,000 ms) after its last use unless `idleTimeout` is set.
 * @throws {InvalidOptions} (`invalid_options`) naming the option that is missing or malformed.
 * @throws {InsecureTransport} (`insecure_transport`) for `http://` to a host that is not loopback, unless
 * `allowInsecureHttp` is set.
 * @see AlertSite JSON API, "Login" and "Authentication"
 */
export function createAlertSiteSession(options: AlertSiteOptions): AlertSiteSession {
  const { settings, common } = parseOptions(options);
  return createSession(alertSiteFlow(settings), common);
}
