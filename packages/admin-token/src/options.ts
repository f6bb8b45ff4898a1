import { InvalidOptions, type SessionOptions } from "@vms/core";
import { checkOptionNames, parseBaseUrl } from "@vms/core/flow";
import { describe } from "./describe.ts";
import { isTimeZone } from "./expires-at.ts";

/** Options of a session with the admin API of AiPix VMS. */
export interface AdminTokenOptions extends SessionOptions {
  /** The installation: `https://host`. */
  readonly baseUrl: string | URL;
  /**
   * The IANA time zone of a token's expiry, for example `"Europe/Berlin"`. It is used if `expires_at` has no zone of its
   * own. Default: `"UTC"`.
   *
   * An assumption, seen in clients: an `expires_at` without a zone is in UTC. In `@vms/simulator`: `timeZone`, `expiresAtFormat`.
   */
  readonly timeZone?: string;
}

/** The vendor's own options, validated and with their defaults. */
export interface AdminTokenSettings {
  readonly baseUrl: URL;
  readonly timeZone: string;
}

/**
 * Validates the vendor's own options. The core validates the common ones.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 */
export function parseOptions(options: AdminTokenOptions): { settings: AdminTokenSettings; common: SessionOptions } {
  const { baseUrl, timeZone = "UTC", ...common } = checkOptionNames(describe, options);
  if (!isTimeZone(timeZone)) {
    throw new InvalidOptions("admin-token", '`timeZone` must be an IANA time zone, for example "Europe/Berlin".');
  }
  return { settings: { baseUrl: parseBaseUrl("admin-token", baseUrl), timeZone }, common };
}
