import { createSession, InvalidOptions, parseBaseUrl, type Session, type SessionOptions } from "@vms/core";
import { altaFlow } from "./flow.ts";
import type { AltaUser } from "./wire.ts";

/** Where the code of a second factor goes: to `POST api/v1/totp` after the login, or into the login's body. */
export type AltaCodeIn = "totp" | "login";

/** What a session with Avigilon Alta Video is made of. */
export interface AltaOptions extends SessionOptions {
  /** The deployment: `https://<deployment>.<region>.alta.avigilon.com`, or the older `….aware.avasecurity.com`. */
  readonly baseUrl: string | URL;
  /**
   * Where the code of a second factor goes. `"totp"`: to `POST api/v1/totp` after the login, as documented, and only where
   * the account owes one. `"login"`: into the body of `POST api/v1/dologin`, so that `secondFactor` is asked before each
   * login. Default: `"totp"`.
   *
   * `"login"` is an assumption: one client does so, the vendor does not document it.
   */
  readonly codeIn?: AltaCodeIn | undefined;
}

/**
 * Makes a session with Avigilon Alta Video. It does no I/O: the first call signs in.
 * @throws {InvalidOptions} naming the option that is missing or malformed.
 * @throws {InsecureTransport} for `http://` to a host that is not loopback.
 */
export function createAltaSession(options: AltaOptions): Session<AltaUser> {
  const { baseUrl, codeIn = "totp", secondFactor } = options ?? {};
  if (codeIn !== "totp" && codeIn !== "login") {
    throw new InvalidOptions("alta", '`codeIn` must be "totp" or "login".');
  }
  if (codeIn === "login" && secondFactor === undefined) {
    throw new InvalidOptions(
      "alta",
      '`codeIn: "login"` needs `secondFactor`, for example `totp(secret)` of @vms/core/totp.',
    );
  }
  return createSession(altaFlow(parseBaseUrl("alta", baseUrl), codeIn, options.retry), options);
}
