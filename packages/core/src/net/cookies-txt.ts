import { isLoopback } from "./secure-transport.ts";

/** The site that cookies belong to, and their expiry. `session.info` can be used as one. */
export interface CookieScope {
  /** The URL whose host the cookies are for. */
  readonly baseUrl: string | URL;
  /** When the cookies expire, in ms since the epoch. Default: at the end of the tool that reads them. */
  readonly expiresAt?: number;
}

/**
 * Formats cookies as a Netscape `cookies.txt`, which `curl -b`, wget and yt-dlp read. The text is the credential: keep it
 * secret.
 * @param cookies the cookies by name.
 * @param scope the site that they belong to.
 * @throws {TypeError} `TypeError` if `scope.baseUrl` is not a URL.
 * @see https://curl.se/docs/http-cookies.html
 * @example
 * const { cookies } = await session.authorization();
 * if (session.info) await writeFile("cookies.txt", formatCookiesTxt(cookies, session.info), { mode: 0o600 });
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
 * Parses a Netscape `cookies.txt`, such as `curl -c` writes, and returns the cookies for a URL. Malformed lines, cookies of
 * other hosts and paths, and expired cookies are left out. A byte order mark is ignored.
 * @param baseUrl the URL that the cookies are for.
 * @param now the current time in ms since the epoch. Default: `Date.now()`.
 * @returns the cookies by name.
 * @throws {TypeError} `TypeError` if `baseUrl` is not a URL.
 * @see https://curl.se/docs/http-cookies.html
 * @example
 * const cookies = parseCookiesTxt(await readFile("cookies.txt", "utf8"), baseUrl);
 */
export function parseCookiesTxt(text: string, baseUrl: string | URL, now: number = Date.now()): Record<string, string> {
  const { hostname, pathname, protocol } = new URL(baseUrl);
  const cookies: Record<string, string> = {};
  for (const line of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    const bare = line.replace(/^#HttpOnly_/, "");
    if (bare === "" || bare.startsWith("#")) continue;
    const [domain = "", subdomains, path = "", secure, expires, name = "", value] = bare.split("\t");
    if (value === undefined || name === "") continue;
    const host = domain.replace(/^\./, "").toLowerCase();
    // RFC 6265, section 5.1.3: an IP address has no subdomains.
    const isSubdomain = subdomains === "TRUE" && !isAddress(hostname) && hostname.endsWith(`.${host}`);
    const here = hostname === host || isSubdomain;
    // RFC 6265, section 5.1.4: the path `/a` matches `/a` and `/a/b`, not `/ab`.
    const below = pathname.startsWith(path.endsWith("/") ? path : `${path}/`) || pathname === path;
    const over = Number(expires) > 0 && Number(expires) * 1000 <= now;
    const safe = secure !== "TRUE" || protocol === "https:" || isLoopback(hostname);
    if (here && below && !over && safe) cookies[name] = value;
  }
  return cookies;
}
