import type { Session } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { deviceSessions, type FindFaceDeviceSessions } from "./device-sessions.ts";
import { findFaceFlow } from "./flow.ts";
import { credentialsOf, type FindFaceFaceOptions, type FindFaceOptions, parseOptions } from "./options.ts";
import type { FindFaceUser } from "./wire.ts";

/** A session with NtechLab FindFace Multi. */
export interface FindFaceSession extends Session<FindFaceUser> {
  /** Lists and ends the sessions of the installation's devices. */
  readonly sessions: FindFaceDeviceSessions;
}

/**
 * Creates a session with NtechLab FindFace Multi. It does no I/O: the first call signs in.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 * @throws {InsecureTransport} `insecure_transport` for `http://` to a host that is not loopback, unless
 * `allowInsecureHttp` is set.
 * @see FindFace Multi, "API Key authorization"
 * @example
 * const session = createFindFaceSession({ baseUrl: "https://findface.example", credentials: { username, password } });
 * const me = await session.http.get("users/me/").json();
 */
export function createFindFaceSession(options: FindFaceOptions | FindFaceFaceOptions): FindFaceSession {
  const { settings, common } = parseOptions(options);
  const flow = findFaceFlow(settings);
  const credentials = credentialsOf(common, flow.passwordOptional ?? false);
  const session = createSession(flow, { ...common, credentials });
  // Extend the session itself: a copy would freeze `info`.
  return Object.assign(session, { sessions: deviceSessions(session) });
}
