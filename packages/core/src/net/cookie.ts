import { isLoopback } from "./secure-transport.ts";

/** A cookie as a client stores it, with at most one of `expiresIn` and `expiresAt`. */
export interface Cookie {
  readonly name: string;
  /** As received: not decoded, with its quotes. */
  readonly value: string;
  /** In lower case, without a leading dot. */
  readonly domain: string;
  /** Whether the cookie is not sent to subdomains. */
  readonly isHostOnly: boolean;
  readonly path: string;
  /** Whether the cookie needs HTTPS or loopback. */
  readonly isSecure: boolean;
  /** From `Max-Age`, in ms. */
  readonly expiresIn?: number;
  /** From `Expires`, in ms since the epoch by the server's clock. */
  readonly expiresAt?: number;
}

/** A cookie replaces the one with the same key (RFC 6265, section 5.3). */
export function keyOf({ name, domain, path }: Cookie): string {
  return `${name};${domain};${path}`;
}

/** RFC 6265, section 5.1.3. An IP address has no subdomains. */
export function domainMatches(hostname: string, domain: string): boolean {
  return hostname === domain || (hostname.endsWith(`.${domain}`) && !/^\[|^[\d.]+$/.test(hostname));
}

/** RFC 6265, section 5.1.4: the path `/a` matches `/a` and `/a/b`, but not `/ab`. */
function pathMatches(pathname: string, path: string): boolean {
  return pathname === path || pathname.startsWith(path.endsWith("/") ? path : `${path}/`);
}

/** Longest path first (RFC 6265, section 5.4). */
export function cookiesSentTo(cookies: Iterable<Cookie>, { hostname, pathname, protocol }: URL): Cookie[] {
  const isSafe = protocol === "https:" || isLoopback(hostname);
  return [...cookies]
    .filter(
      ({ domain, isHostOnly, path, isSecure }) =>
        (isHostOnly ? hostname === domain : domainMatches(hostname, domain)) &&
        pathMatches(pathname, path) &&
        (isSafe || !isSecure),
    )
    .sort((a, b) => b.path.length - a.path.length);
}
