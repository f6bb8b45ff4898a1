import { createSession, InvalidOptions, parseBaseUrl, type Session, type SessionOptions } from "@vms/core";
import { isTimeZone } from "./expires-at.ts";
import { adminTokenFlow } from "./flow.ts";
import type { AdminUser } from "./wire.ts";

/** What a session with the admin API of AiPix VMS is made of. */
export interface AdminTokenOptions extends SessionOptions {
  /** The installation: `https://host`. */
  readonly baseUrl: string | URL;
  /**
   * The IANA zone that the installation tells a token's end in, for example `"Europe/Berlin"`. It is used where
   * `expires_at` names no zone of its own. Default, and an assumption: `"UTC"`.
   */
  readonly timeZone?: string;
}

/**
 * Makes a session with the admin API of AiPix VMS. It does no I/O: the first call signs in.
 * The vendor has no sign-out: `logout()` forgets the token here and in the store, and sends nothing.
 * @throws {InvalidOptions} naming the option that is missing or malformed.
 * @throws {InsecureTransport} for `http://` to a host that is not loopback, unless `allowInsecureHttp` is set.
 */
export function createAdminTokenSession(options: AdminTokenOptions): Session<AdminUser> {
  const baseUrl = parseBaseUrl("admin-token", options?.baseUrl);
  const { timeZone = "UTC" } = options;
  if (!isTimeZone(timeZone)) {
    throw new InvalidOptions("admin-token", '`timeZone` must be an IANA time zone, for example "Europe/Berlin".');
  }
  return createSession(adminTokenFlow(baseUrl, timeZone), options);
}
