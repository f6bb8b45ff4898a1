import { type Cookie, cookiesSentTo, keyOf } from "./cookie.ts";

/** In seconds. 0 would mean a session cookie, but Python treats it as expired. Larger times overflow in some tools. */
const LATEST_EXPIRY = 2 ** 31 - 1;

/** The site and expiry of cookies. `session.info` has this shape. */
export interface CookieScope {
  /** The URL whose host the cookies are for. */
  readonly baseUrl: string | URL;
  /** When the cookies expire, in ms since the epoch. Default: unknown, written as January 2038. */
  readonly expiresAt?: number;
}

/**
 * Formats cookies as a Netscape `cookies.txt` for `curl -b`, `wget --load-cookies` and Python's `MozillaCookieJar`. The
 * text is a credential: keep it secret.
 * @throws {TypeError} `TypeError` if `scope.baseUrl` is not a URL, or a cookie contains a tab or a line break.
 * @see https://curl.se/docs/http-cookies.html
 * @example
 * const { cookies } = await session.authorization();
 * if (session.info) await writeFile("cookies.txt", formatCookiesTxt(cookies, session.info), { mode: 0o600 });
 */
export function formatCookiesTxt(cookies: Readonly<Record<string, string>>, scope: CookieScope): string {
  const { hostname, protocol } = new URL(scope.baseUrl);
  const secure = protocol === "https:" ? "TRUE" : "FALSE";
  const expires = scope.expiresAt === undefined ? LATEST_EXPIRY : Math.floor(scope.expiresAt / 1000);
  // Without `#HttpOnly_`: wget takes such lines for comments.
  const lines = Object.entries(cookies).map(([name, value]) => {
    if (/[\t\r\n]/.test(name + value))
      throw new TypeError("A cookie for a cookies.txt contains a tab or a line break.");
    return [withoutBrackets(hostname), "FALSE", "/", secure, expires, name, value].join("\t");
  });
  return ["# Netscape HTTP Cookie File", "", ...lines, ""].join("\n");
}

/** An IPv6 address has brackets in a URL, but not in a `cookies.txt`. */
function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, "$1");
}

/**
 * Parses a Netscape `cookies.txt` from `curl -c`, `wget --save-cookies` or Python's `MozillaCookieJar`. Returns the
 * cookies for a URL by name; of two with the same name, the one with the longer path. Malformed and expired cookies are
 * skipped.
 * @param baseUrl the URL that the cookies are for, including the path of the API if the vendor sets cookies for it.
 * @param now the current time in ms since the epoch. Default: `Date.now()`.
 * @throws {TypeError} `TypeError` if `baseUrl` is not a URL.
 * @see https://curl.se/docs/http-cookies.html
 * @example
 * const cookies = parseCookiesTxt(await readFile("cookies.txt", "utf8"), baseUrl);
 */
export function parseCookiesTxt(text: string, baseUrl: string | URL, now: number = Date.now()): Record<string, string> {
  const url = new URL(baseUrl);
  const stored = new Map<string, Cookie>();
  for (const line of text.replace(/^\ufeff/, "").split(/\r?\n/)) {
    const cookie = parseLine(line, url);
    if (cookie !== undefined && (cookie.expiresAt ?? now + 1) > now) stored.set(keyOf(cookie), cookie);
  }
  const sent = cookiesSentTo(stored.values(), url).map(({ name, value }) => [name, value] as const);
  return Object.fromEntries(sent.reverse());
}

function parseLine(line: string, url: URL): Cookie | undefined {
  const bare = line.replace(/^#HttpOnly_/, "");
  if (bare.startsWith("#")) return undefined;
  const [domain = "", subdomains, path = "", secure, expires, name = "", value] = bare.split("\t");
  if (value === undefined || name === "") return undefined;
  const expiresAt = Number(expires) * 1000;
  return {
    name,
    value,
    domain: hostIn(domain.replace(/^\./, "").toLowerCase(), url),
    isHostOnly: subdomains !== "TRUE",
    path,
    isSecure: secure === "TRUE",
    // 0, or an empty field in Python's files, means a session cookie.
    ...(expiresAt > 0 ? { expiresAt } : {}),
  };
}

function hostIn(domain: string, { hostname, port }: URL): string {
  const host = withoutBrackets(hostname);
  // wget adds a non-default port, and Python adds `.local` to a host without a dot.
  const forms = [host, `${host}:${port}`, ...(hostname.includes(".") ? [] : [`${hostname}.local`])];
  return forms.includes(domain) ? hostname : domain;
}
