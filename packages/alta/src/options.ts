import { InvalidOptions, type SessionOptions } from "@vms/core";
import { checkOptionNames, parseBaseUrl } from "@vms/core/flow";
import { describe } from "./describe.ts";

/** Where the code of a second factor is sent: to `POST api/v1/totp` after the login, or in the body of the login. */
export type AltaTotpPlacement = "totp" | "login";

/** Options of a session with Avigilon Alta Video. */
export interface AltaOptions extends SessionOptions {
  /** The deployment: `https://<deployment>.<region>.alta.avigilon.com`, or the older `….aware.avasecurity.com`. */
  readonly baseUrl: string | URL;
  /**
   * Where the code of a second factor is sent. Default: `"totp"`.
   *
   * `"totp"`: to `POST api/v1/totp` after the login, as documented, and only if the account requires a code.
   * `"login"`: in the body of `POST api/v1/dologin`, so each login calls `secondFactor` first.
   *
   * An assumption, seen in a client: with `totpPlacement: "login"`, the vendor reads the code from the field `code` of the
   * login. In `@vms/simulator`:
   * `codeInLogin`.
   */
  readonly totpPlacement?: AltaTotpPlacement | undefined;
}

/** The vendor's own options, validated and with their defaults. */
export interface AltaSettings {
  readonly baseUrl: URL;
  readonly totpPlacement: AltaTotpPlacement;
}

/**
 * Validates the vendor's own options. The core validates the common ones.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown, missing or malformed.
 */
export function parseOptions(options: AltaOptions): { settings: AltaSettings; common: SessionOptions } {
  const { baseUrl, totpPlacement = "totp", ...common } = checkOptionNames(describe, options);
  if (totpPlacement !== "totp" && totpPlacement !== "login") {
    throw new InvalidOptions("alta", '`totpPlacement` must be "totp" or "login".');
  }
  return { settings: { baseUrl: parseBaseUrl("alta", baseUrl), totpPlacement }, common };
}
