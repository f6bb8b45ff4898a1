import { TOKEN_PARAMETER } from "./caller-token.ts";
import type { Upstream } from "./upstream.ts";

/**
 * Turns an address that the vendor names (in `Location`, say) into one that the client can use: below the vendor's base
 * URL, the proxy's own; elsewhere, the whole address of where it leads. A credential in the query is taken out.
 * @param self the proxy's own origin, as the client called it.
 * @param path the path of the request at the vendor, which relative addresses start from.
 */
export function urlForClient(address: string, self: string, upstream: Upstream, path: string): string {
  const url = URL.parse(address, upstream.origin + path);
  if (url === null) return address;
  if (url.origin !== upstream.origin) return URL.canParse(address) ? address : url.href;
  for (const name of upstream.secretNames) if (url.searchParams.has(name)) url.searchParams.delete(name);
  const below = belowBase(url.pathname, upstream);
  // With the origin: a path that begins with two slashes would lead elsewhere.
  return below === undefined ? url.href : self + below + url.search + url.hash;
}

/** Turns the address of a page of the proxy's into the vendor's. `undefined` where it is not one, or holds the token. */
export function urlForVendor(address: string, self: string, upstream: Upstream): string | undefined {
  const url = URL.parse(address);
  if (url === null || url.origin !== self || url.searchParams.has(TOKEN_PARAMETER)) return undefined;
  return upstream.origin + upstream.path + url.pathname + url.search;
}

/** The same for the addresses in a `Link` header. */
export function linksForClient(links: string, self: string, upstream: Upstream, path: string): string {
  return links.replace(/<([^<>]*)>/g, (_, address: string) => `<${urlForClient(address, self, upstream, path)}>`);
}

function belowBase(pathname: string, { path }: Upstream): string | undefined {
  if (path === "") return pathname;
  if (pathname === path) return "/";
  return pathname.startsWith(`${path}/`) ? pathname.slice(path.length) : undefined;
}
