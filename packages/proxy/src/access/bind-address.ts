import { isIP } from "node:net";

/** A host as written in a URL: IPv6 addresses in brackets. */
export function hostInUrl(name: string): string {
  return isIP(name) === 6 ? `[${name}]` : name;
}

/**
 * Reads the address to listen on as URLs do, so that `[::1]`, `127.1` and `0` are recognised. `undefined` if it is
 * invalid.
 */
export function readBind(text: string): string | undefined {
  const bare = text.replace(/^\[(.*)\]$/, "$1");
  // URLs cannot contain the zone of an address (`fe80::1%eth0`).
  if (isIP(bare) === 6 && bare.includes("%")) return bare;
  if (isIP(bare) !== 6 && !/^[\w.-]+$/.test(bare)) return undefined;
  return URL.parse(`http://${hostInUrl(bare)}`)?.hostname.replace(/^\[(.*)\]$/, "$1");
}

/** Whether an address is reachable only from this machine. */
export function isLoopback(name: string): boolean {
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** Whether an address means all addresses of the machine. */
export function isWildcard(name: string): boolean {
  return name === "0.0.0.0" || name === "::";
}

/**
 * Returns a check of the `Host` header. It prevents DNS rebinding, in which a page makes its own name point to the proxy
 * and browsers treat both as one site.
 * @param bind the address that the proxy listens on.
 * @param hosts other names of the proxy, accepted with any port, because a service can map ports.
 */
export function hostCheck(bind: string, port: number, hosts: readonly string[]): (host: string) => boolean {
  const names = ["127.0.0.1", "localhost", "[::1]", hostInUrl(bind.toLowerCase())];
  const known = new Set(names.flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`])));
  const given = new Set(hosts.map((name) => name.toLowerCase()));
  const byNumber = new RegExp(port === 80 ? "^(.+?)(?::80)?$" : `^(.+):${port}$`);
  return (host) => {
    const lower = host.toLowerCase();
    if (known.has(lower) || given.has(lower.replace(/:\d{1,5}$/, ""))) return true;
    // DNS rebinding needs a name. An IP address belongs to this machine, or to port forwarding that a user has set up.
    const name = isWildcard(bind) ? byNumber.exec(lower)?.[1] : undefined;
    return name !== undefined && isIP(name.replace(/^\[(.*)\]$/, "$1")) !== 0;
  };
}
