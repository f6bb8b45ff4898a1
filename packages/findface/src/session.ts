import { createSession, parseBaseUrl, type Session } from "@vms/core";
import { deviceSessions, type FindFaceDeviceSessions } from "./device-sessions.ts";
import { findFaceFlow } from "./flow.ts";
import { checkFindFaceOptions, credentialsOf, type FindFaceFaceOptions, type FindFaceOptions } from "./options.ts";
import type { FindFaceUser } from "./wire.ts";

/** A session with NtechLab FindFace Multi. */
export interface FindFaceSession extends Session<FindFaceUser> {
  /** The sessions of the installation's devices: lists and ends them. */
  readonly sessions: FindFaceDeviceSessions;
}

/**
 * Makes a session with NtechLab FindFace Multi. It does no I/O: the first call signs in.
 * @throws {InvalidOptions} naming the option that is missing or malformed.
 * @throws {InsecureTransport} for `http://` to a host that is not loopback, unless `allowInsecureHttp` is set.
 */
export function createFindFaceSession(options: FindFaceOptions | FindFaceFaceOptions): FindFaceSession {
  const baseUrl = parseBaseUrl("findface", options?.baseUrl);
  const flow = findFaceFlow(baseUrl, checkFindFaceOptions(options));
  const session = createSession(flow, { ...options, credentials: credentialsOf(options, flow.passwordless ?? false) });
  // Onto the session itself: a copy would freeze `info` as it is now.
  return Object.assign(session, { sessions: deviceSessions(session, options) });
}
