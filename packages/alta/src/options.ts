import { InvalidOptions, type SessionOptions } from "@vms/core";
import { parseBaseUrl } from "@vms/core/flow";

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
   * `"login"` is an assumption: one client does it, and the vendor does not document it.
   */
  readonly totpPlacement?: AltaTotpPlacement | undefined;
}

/** The options of the flow, checked and with their defaults. */
export interface AltaSettings {
  readonly baseUrl: URL;
  readonly totpPlacement: AltaTotpPlacement;
}

/**
 * Checks the vendor's own options.
 * @throws {InvalidOptions} (`invalid_options`) naming the option that is missing or malformed.
 */
export function parseOptions(options: AltaOptions): AltaSettings {
  const { baseUrl, totpPlacement = "totp", secondFactor } = options ?? {};
  if (totpPlacement !== "totp" && totpPlacement !== "login") {
    throw new InvalidOptions("alta", '`totpPlacement` must be "totp" or "login".');
  }
  if (totpPlacement === "login" && secondFactor === undefined) {
    throw new InvalidOptions(
      "alta",
      '`totpPlacement: "login"` needs `secondFactor`, for example `totp(secret)` of @vms/core/totp.',
    );
  }
  return { baseUrl: parseBaseUrl("alta", baseUrl), totpPlacement };
}
