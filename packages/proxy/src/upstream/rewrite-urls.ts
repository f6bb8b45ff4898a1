import { TOKEN_PARAMETER } from "../access/caller-token.ts";
import type { Upstream } from "./upstream.ts";

/**
 * Rewrites a URL of the vendor, for example in `Location`, for the client. URLs below the base URL become the proxy's;
 * others become absolute. Credentials in the query are removed.
 * @param self the URL of the session at the proxy, as the client called it, without a trailing slash.
 * @param path the path of the request at the vendor, which relative URLs refer to.
 */
export function urlForClient(address: string, self: string, upstream: Upstream, path: string): string {
  const url = URL.parse(address, upstream.origin + path);
  if (url === null) return address;
  if (url.origin !== upstream.origin) return URL.canParse(address) ? address : url.href;
  for (const name of upstream.secretNames) if (url.searchParams.has(name)) url.searchParams.delete(name);
  const below = belowBase(url.pathname, upstream);
  // Absolute, because a path that starts with two slashes would lead to another host.
  return below === undefined ? url.href : self + below + url.search + url.hash;
}

/**
 * Rewrites the URL of one of the proxy's pages to the vendor's. `undefined` if it is another URL or contains the token.
 */
export function urlForVendor(address: string, self: string, upstream: Upstream): string | undefined {
  const url = URL.parse(address);
  if (url === null || !url.href.startsWith(`${self}/`) || url.searchParams.has(TOKEN_PARAMETER)) return undefined;
  url.hash = "";
  return upstream.origin + upstream.path + url.href.slice(self.length);
}

/** Rewrites the URLs of a `Link` header for the client. */
export function linksForClient(links: string, self: string, upstream: Upstream, path: string): string {
  return links.replace(/<([^<>]*)>/g, (_, address: string) => `<${urlForClient(address, self, upstream, path)}>`);
}

function belowBase(pathname: string, { path }: Upstream): string | undefined {
  if (path === "") return pathname;
  if (pathname === path) return "/";
  return pathname.startsWith(`${path}/`) ? pathname.slice(path.length) : undefined;
}
