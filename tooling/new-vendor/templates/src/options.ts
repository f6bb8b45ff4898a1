import type { SessionOptions } from "@vms/core";
import { parseBaseUrl } from "@vms/core/flow";

/** Options of a session with Your Vendor. */
export interface YourVendorOptions extends SessionOptions {
  /** The address of the API: `https://host`. Its path is kept. */
  readonly baseUrl: string | URL;
}

/** The options of the flow, checked and with their defaults. */
export interface YourVendorSettings {
  readonly baseUrl: URL;
}

/**
 * Checks the vendor's own options.
 * @throws {InvalidOptions} (`invalid_options`) naming the option that is missing or malformed.
 */
export function parseOptions(options: YourVendorOptions): YourVendorSettings {
  return { baseUrl: parseBaseUrl("your-vendor", options?.baseUrl) };
}
