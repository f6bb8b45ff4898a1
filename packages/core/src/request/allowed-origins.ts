import type { Flow } from "../contract/flow/flow.ts";
import type { Settings } from "../contract/settings.ts";
import { InvalidOptions } from "../errors/invalid-options.ts";
import { OriginNotAllowed } from "../errors/origin-not-allowed.ts";
import { matchesOrigin } from "../net/origin-pattern.ts";
import { isSecure, requireSecure } from "../net/secure-transport.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";

export interface CredentialScope {
  readonly flow: Pick<Flow<never, never>, "vendor" | "allowedOrigins">;
  readonly settings: Pick<Settings, "allowedOrigins" | "allowInsecureHttp">;
}

/** Whether a URL may receive the credential (guarantee 12). */
export function isAllowed(scope: CredentialScope, target: URL, credential: PreparedCredential): boolean {
  return isKnown(scope, target, credential) && isSecure(target, scope.settings.allowInsecureHttp);
}

/**
 * Checks a URL before any request.
 * @throws {OriginNotAllowed} `origin_not_allowed` for a foreign origin.
 * @throws {InvalidOptions} `invalid_options` for a URL with a user name or password.
 * @throws {InsecureTransport} `insecure_transport` for `http://` that is not allowed.
 */
export function requireAllowed(scope: CredentialScope, target: URL, credential: PreparedCredential): void {
  const { vendor } = scope.flow;
  if (!isKnown(scope, target, credential)) throw notAllowed(vendor, target, credential.origin);
  if (target.username !== "" || target.password !== "") {
    throw new InvalidOptions(vendor, "the URL of a call must not contain a user name or password.");
  }
  requireSecure(vendor, target, scope.settings.allowInsecureHttp);
}

// A `blob:` URL has its creator's origin, so the protocol is checked as well.
function isKnown(
  { flow, settings }: CredentialScope,
  { origin, protocol }: URL,
  credential: PreparedCredential,
): boolean {
  if (!/^https?:$/.test(protocol)) return false;
  if (origin === credential.origin) return true;
  return matchesOrigin(origin, flow.allowedOrigins ?? []) || matchesOrigin(origin, settings.allowedOrigins);
}

function notAllowed(vendor: string, { protocol, origin }: URL, own: string): OriginNotAllowed {
  // `users:search` parses as a URL too.
  const why = /^https?:$/.test(protocol)
    ? `a call to ${origin} was not sent because the session belongs to ${own}.`
    : `a call was not sent because its URL does not start with https://. Start a path that contains a colon with a slash.`;
  return new OriginNotAllowed(vendor, why, { origin });
}
