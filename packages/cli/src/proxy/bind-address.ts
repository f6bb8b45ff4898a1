import { isIP } from "node:net";

/** A name as it stands in a URL: an IPv6 address in brackets. */
export function hostInUrl(name: string): string {
  return isIP(name) === 6 ? `[${name}]` : name;
}

/**
 * Reads the address to listen on as URLs do, so that `[::1]`, `127.1` and `0` are known for what they are.
 * `undefined` where it is none.
 */
export function readBind(text: string): string | undefined {
  const bare = text.replace(/^\[(.*)\]$/, "$1");
  // A URL has no place for the zone of an address (`fe80::1%eth0`).
  if (isIP(bare) === 6 && bare.includes("%")) return bare;
  if (isIP(bare) !== 6 && !/^[\w.-]+$/.test(bare)) return undefined;
  return URL.parse(`http://${hostInUrl(bare)}`)?.hostname.replace(/^\[(.*)\]$/, "$1");
}

/** Whether only this machine reaches an address. */
export function isLoopback(name: string): boolean {
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** Whether an address stands for all addresses of the machine. */
export function isWildcard(name: string): boolean {
  return name === "0.0.0.0" || name === "::";
}

/**
 * Tells the values of `Host` by which the proxy may be called. A page that made its own name point here (DNS rebinding)
 * calls the proxy by that name, and a browser would take the two for one site.
 * @param bind the address that the proxy listens on.
 */
export function hostCheck(bind: string, port: number): (host: string) => boolean {
  const names = ["127.0.0.1", "localhost", "[::1]", hostInUrl(bind.toLowerCase())];
  const known = new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
  const byNumber = new RegExp(port === 80 ? "^(.+?)(?::80)?$" : `^(.+):${port}$`);
  return (host) => {
    const lower = host.toLowerCase();
    if (known.has(lower)) return true;
    // A number cannot be rebound: who is at that number is this machine, or a door that somebody opened to it.
    const name = isWildcard(bind) ? byNumber.exec(lower)?.[1] : undefined;
    return name !== undefined && isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  };
}
