import { isAbsolute, joinBelow } from "../net/base-url.ts";
import { withSearchParams } from "../net/search-params.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";
import { type CredentialScope, requireAllowed } from "./allowed-origins.ts";

/**
 * Returns the URL to send a call to, including a credential in the query. Checked for each send, because another
 * credential may belong to another origin (guarantee 12).
 * @param url an absolute URL, or a path below the credential's base URL.
 * @param joinedBelow the base URL that ky has joined `url` to, if any.
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
  // After the login some vendors move calls to another host. A path that ky joined below the first host moves along.
  const moved = joinedBelow !== undefined && joinedBelow !== credential.base && url.startsWith(joinedBelow);
  // Only a network path needs a base: to `fetch`, `http:/host` is an absolute URL.
  const base = URL.canParse(url) ? undefined : credential.base;
  const target = new URL(moved ? credential.base + url.slice(joinedBelow.length) : url, base);
  requireAllowed(scope, target, credential);
  return withQueryCredential(target.href, credential);
}

/**
 * Rejects an origin that may not receive the credential. The session's own origin only costs one string comparison.
 * @throws {OriginNotAllowed} `origin_not_allowed` for a foreign origin.
 * @throws {InvalidOptions} `invalid_options` for a URL with a user name or password.
 * @throws {InsecureTransport} `insecure_transport` for `http://` that is not allowed.
 */
export function prepareOrigin(scope: CredentialScope, origin: unknown, credential: PreparedCredential): void {
  if (origin !== credential.origin) requireAllowed(scope, new URL(String(origin)), credential);
}

/** Adds a credential's search parameters to a URL or path. */
export function withQueryCredential(url: string, credential: PreparedCredential): string {
  return credential.query === "" ? url : withSearchParams(url, credential.query, credential.secretNames);
}
