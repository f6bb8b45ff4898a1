import { InvalidOptions, type SessionOptions } from "@vms/core";
import { parseBaseUrl } from "@vms/core/flow";
import { isTimeZone } from "./expires-at.ts";

/** Options of a session with the admin API of AiPix VMS. */
export interface AdminTokenOptions extends SessionOptions {
  /** The installation: `https://host`. */
  readonly baseUrl: string | URL;
  /**
   * The IANA time zone of a token's expiry, for example `"Europe/Berlin"`. It is used if `expires_at` has no zone of its
   * own. Default, and an assumption: `"UTC"`.
   */
  readonly timeZone?: string;
}

/** The options of the flow, checked and with their defaults. */
export interface AdminTokenSettings {
  readonly baseUrl: URL;
  readonly timeZone: string;
}

/**
 * Checks the vendor's own options.
 * @throws {InvalidOptions} (`invalid_options`) naming the option that is missing or malformed.
 */
export function parseOptions(options: AdminTokenOptions): AdminTokenSettings {
  const baseUrl = parseBaseUrl("admin-token", options?.baseUrl);
  const { timeZone = "UTC" } = options;
  if (!isTimeZone(timeZone)) {
    throw new InvalidOptions("admin-token", '`timeZone` must be an IANA time zone, for example "Europe/Berlin".');
  }
  return { baseUrl, timeZone };
}
