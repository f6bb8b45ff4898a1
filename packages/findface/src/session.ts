import { createSession, parseBaseUrl, type Session } from "@vms/core";
import { findFaceFlow } from "./flow.ts";
import { checkFindFaceOptions, type FindFaceOptions } from "./options.ts";
import type { FindFaceUser } from "./wire.ts";

/**
 * Makes a session with NtechLab FindFace Multi. It does no I/O: the first call signs in.
 * @throws {InvalidOptions} naming the option that is missing or malformed.
 * @throws {InsecureTransport} for `http://` to a host that is not loopback, unless `allowInsecureHttp` is set.
 */
export function createFindFaceSession(options: FindFaceOptions): Session<FindFaceUser> {
  const baseUrl = parseBaseUrl("findface", options?.baseUrl);
  return createSession(findFaceFlow(baseUrl, checkFindFaceOptions(options)), options);
}
