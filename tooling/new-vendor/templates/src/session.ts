import { createSession, parseBaseUrl, type Session, type SessionOptions } from "@vms/core";
import { yourVendorFlow } from "./flow.ts";
import type { YourVendorUser } from "./wire.ts";

/** What a session with Your Vendor is made of. */
export interface YourVendorOptions extends SessionOptions {
  /** Where the API is: `https://host`. Its path is kept. */
  readonly baseUrl: string | URL;
}

/**
 * Makes a session with Your Vendor. It does no I/O: the first call signs in.
 * @throws {InvalidOptions} naming the option that is missing or malformed.
 * @throws {InsecureTransport} for `http://` to a host that is not loopback, unless `allowInsecureHttp` is set.
 */
export function createYourVendorSession(options: YourVendorOptions): Session<YourVendorUser> {
  return createSession(yourVendorFlow(parseBaseUrl("your-vendor", options?.baseUrl)), options);
}
