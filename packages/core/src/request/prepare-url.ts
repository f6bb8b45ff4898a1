import { isAbsolute, joinBelow } from "../net/base-url.ts";
import { withSearchParams } from "../net/search-params.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";
import { type CredentialScope, requireAllowed } from "./allowed-origins.ts";

/**
 * The URL of a call that is sent with a credential. The check is repeated for each sending, because another credential
 * may belong to another origin (guarantee 12).
 * @param url an absolute URL, or a path below the credential's base URL.
 * @param joinedBelow the base URL that ky has already joined `url` to, if it has.
 * @throws {OriginNotAllowed} `origin_not_allowed` for a foreign origin.
 * @throws {InvalidOptions} `invalid_options` for a URL with a user name or password.
 * @throws {InsecureTransport} `insecure_transport` for `http://` that is not allowed.
 */
export function prepareUrl(
  scope: CredentialScope,
  url: string,
  credential: PreparedCredential,
  joinedBelow: string | undefined,
): string {
  if (!isAbsolute(url)) {
    const joined = joinBelow(credential.base, url);
    return credential.query === "" ? joined : withQueryCredential(joined, credential);
  }
  // Some vendors move calls to another host after the login. A path that was joined below the first host moves along.
  const moved = joinedBelow !== undefined && joinedBelow !== credential.base && url.startsWith(joinedBelow);
  // Only a network path needs a base: `http:/host` is an absolute URL to `fetch`.
  const base = URL.canParse(url) ? undefined : credential.base;
  const target = new URL(moved ? credential.base + url.slice(joinedBelow.length) : url, base);
  requireAllowed(scope, target, credential);
  return withQueryCredential(target.href, credential);
}

/**
 * Refuses an origin that may not see a credential. The session's own origin costs a comparison of two strings.
 * @throws {OriginNotAllowed} `origin_not_allowed` for a foreign origin.
 * @throws {InvalidOptions} `invalid_options` for a URL with a user name or password.
 * @throws {InsecureTransport} `insecure_transport` for `http://` that is not allowed.
 */
export function prepareOrigin(scope: CredentialScope, origin: unknown, credential: PreparedCredential): void {
  if (origin !== credential.origin) requireAllowed(scope, new URL(String(origin)), credential);
}

/** Puts the search parameters of a credential into a URL, or into a path. */
export function withQueryCredential(url: string, credential: PreparedCredential): string {
  return credential.query === "" ? url : withSearchParams(url, credential.query, credential.secretNames);
}
