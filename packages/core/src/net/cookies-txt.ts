import { isLoopback } from "./secure-transport.ts";

/** Where cookies belong, and until when. `session.info` is one. */
export interface CookieScope {
  readonly baseUrl: string | URL;
  /** In ms since the epoch. Absent: until the tool that reads them ends. */
  readonly expiresAt?: number;
}

/**
 * Writes cookies as a Netscape `cookies.txt`, which `curl -b`, wget and yt-dlp read. The text *is* the credential.
 * @param cookies by name, as in `(await session.authorization()).cookies`.
 * @param scope where they belong: `session.info`.
 */
export function formatCookiesTxt(cookies: Readonly<Record<string, string>>, scope: CookieScope): string {
  const { hostname, protocol } = new URL(scope.baseUrl);
  const secure = protocol === "https:" ? "TRUE" : "FALSE";
  const expires = scope.expiresAt === undefined ? 0 : Math.floor(scope.expiresAt / 1000);
  const lines = Object.entries(cookies).map(([name, value]) =>
    [`#HttpOnly_${hostname}`, "FALSE", "/", secure, expires, name, value].join("\t"),
  );
  return ["# Netscape HTTP Cookie File", "", ...lines, ""].join("\n");
}

function isAddress(hostname: string): boolean {
  return hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
}

/**
 * Reads the cookies for a URL out of a Netscape `cookies.txt`, such as `curl -c` writes. Lines that are not cookies,
 * cookies of other hosts and paths, and cookies that are over are left out.
 * @param now ms since the epoch. Default: the current time.
 */
export function parseCookiesTxt(text: string, baseUrl: string | URL, now: number = Date.now()): Record<string, string> {
  const { hostname, pathname, protocol } = new URL(baseUrl);
  const cookies: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const bare = line.replace(/^#HttpOnly_/, "");
    if (bare === "" || bare.startsWith("#")) continue;
    const [domain = "", subdomains, path = "", secure, expires, name = "", value] = bare.split("\t");
    if (value === undefined || name === "") continue;
    const host = domain.replace(/^\./, "").toLowerCase();
    // RFC 6265, section 5.1.3: an address has no subdomains.
    const isSubdomain = subdomains === "TRUE" && !isAddress(hostname) && hostname.endsWith(`.${host}`);
    const here = hostname === host || isSubdomain;
    // RFC 6265, section 5.1.4: a path matches itself and what is below it, not what only begins alike.
    const below = pathname.startsWith(path.endsWith("/") ? path : `${path}/`) || pathname === path;
    const over = Number(expires) > 0 && Number(expires) * 1000 <= now;
    const safe = secure !== "TRUE" || protocol === "https:" || isLoopback(hostname);
    if (here && below && !over && safe) cookies[name] = value;
  }
  return cookies;
}
