import type { SessionOptions } from "@vms/core";
import { checkOptionNames, parseBaseUrl } from "@vms/core/flow";
import { describe } from "./describe.ts";

/** Options of a session with Your Vendor. */
export interface YourVendorOptions extends SessionOptions {
  /** The address of the API: `https://host`. Its path is kept. */
  readonly baseUrl: string | URL;
}

/** The vendor's own options, validated and with their defaults. */
export interface YourVendorSettings {
  readonly baseUrl: URL;
}

/**
 * Validates the vendor's own options. The core validates the common ones.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 */
export function parseOptions(options: YourVendorOptions): { settings: YourVendorSettings; common: SessionOptions } {
  const { baseUrl, ...common } = checkOptionNames(describe, options);
  return { settings: { baseUrl: parseBaseUrl("your-vendor", baseUrl) }, common };
}
