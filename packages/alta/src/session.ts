import type { Session } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { altaFlow } from "./flow.ts";
import { type AltaOptions, parseOptions } from "./options.ts";
import type { AltaUser } from "./wire.ts";

/** A session with Avigilon Alta Video. */
export type AltaSession = Session<AltaUser>;

/**
 * Creates a session with Avigilon Alta Video. It does no I/O: the first call signs in.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 * @throws {InsecureTransport} `insecure_transport` for `http://` to a host that is not loopback, unless
 * `allowInsecureHttp` is set.
 * @see Avigilon Alta Video, "API Authentication"
 * @example
 * const baseUrl = "https://acme.eu.alta.avigilon.com";
 * const session = createAltaSession({ baseUrl, credentials: { username, password } });
 * const zones = await session.http.get("api/v1/alarmZones").json();
 */
export function createAltaSession(options: AltaOptions): AltaSession {
  const { settings, common } = parseOptions(options);
  return createSession(altaFlow(settings), common);
}
