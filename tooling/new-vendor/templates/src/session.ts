import type { Session } from "@vms/core";
import { createSession } from "@vms/core/flow";
import { yourVendorFlow } from "./flow.ts";
import { parseOptions, type YourVendorOptions } from "./options.ts";
import type { YourVendorUser } from "./wire.ts";

/** A session with Your Vendor. */
export type YourVendorSession = Session<YourVendorUser>;

/**
 * Creates a session with Your Vendor. It does no I/O: the first call signs in.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 * @throws {InsecureTransport} `insecure_transport` for `http://` to a host that is not loopback, unless
 * `allowInsecureHttp` is set.
 * @example
 * const session = createYourVendorSession({ baseUrl: "https://host", credentials: { username, password } });
 * const response = await session.fetch("api");
 */
export function createYourVendorSession(options: YourVendorOptions): YourVendorSession {
  // To add a method, return `Object.assign(session, { … })`. A method makes its calls with `callVendor` of @vms/core/flow.
  const { settings, common } = parseOptions(options);
  return createSession(yourVendorFlow(settings), common);
}
