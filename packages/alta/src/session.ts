import { createSession, parseBaseUrl, type Session, type SessionOptions } from "@vms/core";
import { altaFlow } from "./flow.ts";
import type { AltaUser } from "./wire.ts";

/** What a session with Avigilon Alta Video is made of. */
export interface AltaOptions extends SessionOptions {
  /** The deployment: `https://<deployment>.<region>.alta.avigilon.com`, or the older `….aware.avasecurity.com`. */
  readonly baseUrl: string | URL;
}

/**
 * Makes a session with Avigilon Alta Video. It does no I/O: the first call signs in.
 * @throws {InvalidOptions} naming the option that is missing or malformed.
 * @throws {InsecureTransport} for `http://` to a host that is not loopback.
 */
export function createAltaSession(options: AltaOptions): Session<AltaUser> {
  return createSession(altaFlow(parseBaseUrl("alta", options?.baseUrl)), options);
}
