import { isAbsolute, joinBelow } from "../net/base-url.ts";
import { withSearchParams } from "../net/search-params.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";
import { type CredentialScope, requireAllowed } from "./allowed-origins.ts";

/**
 * Returns a call's final URL, including a credential in the query. Checked for each send, because another credential may
 * have another origin (guarantee 12).
 * @param url an absolute URL, or a path below the credential's base URL.
 * @param joinedBelow the base URL that ky has joined `url` to, if any.
 * @throws the errors of `requireAllowed`.
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
  // Some vendors move calls to another host after the login. A path that ky joined below the first host moves along.
  const moved = joinedBelow !== undefined && joinedBelow !== credential.base && url.startsWith(joinedBelow);
  // To `fetch`, `http:/host` is an absolute URL. Only a network path needs a base.
  const base = URL.canParse(url) ? undefined : credential.base;
  const target = new URL(moved ? credential.base + url.slice(joinedBelow.length) : url, base);
  requireAllowed(scope, target, credential);
  return withQueryCredential(target.href, credential);
}

/**
 * The session's own origin costs one string comparison.
 * @throws the errors of `requireAllowed`.
 */
export function prepareOrigin(scope: CredentialScope, origin: unknown, credential: PreparedCredential): void {
  if (origin !== credential.origin) requireAllowed(scope, new URL(String(origin)), credential);
}

export function withQueryCredential(url: string, credential: PreparedCredential): string {
  return credential.query === "" ? url : withSearchParams(url, credential.query, credential.secretNames);
}
