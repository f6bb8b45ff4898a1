import { type Cookie, cookiesSentTo, domainMatches, keyOf } from "./cookie.ts";
import { parseCookieDate } from "./cookie-date.ts";
import { parseHttpDate } from "./http-date.ts";

/** A response's changes to a client's cookies. */
export interface ReceivedCookies {
  /** Cookies that are set, in the order of a `Cookie` header: of two with the same name, the first wins. */
  readonly cookies: readonly Cookie[];
  /** Names of deleted cookies. A cookie with the same name may still be set for another path. */
  readonly deleted: readonly string[];
}

/** Options of `readCookies`. */
export interface CookieReading {
  /** The URL that the cookies are for. Default: the response's URL. */
  readonly sentTo?: string | URL;
  /**
   * The server's time in ms since the epoch: an earlier `Expires` deletes a cookie. Default: the header `Date`. Without
   * it, only an `Expires` before 2020 does, because this machine's clock may be wrong.
   */
  readonly now?: number;
}

/** No cookie of a working server expires earlier. */
const EARLIEST_EXPIRY = Date.UTC(2020, 0);

/**
 * Reads a response's cookies as browsers do: name, domain and path identify a cookie, and `Max-Age` overrides
 * `Expires`. Cookies of other hosts are dropped, as are those that violate the prefix `__Secure-` or `__Host-`.
 * @param headers the response headers. If the runtime hides `Set-Cookie`, there are no cookies.
 * @throws {TypeError} `TypeError` if a URL is not valid.
 * @see RFC 6265, section 5
 * @example
 * const { cookies } = readCookies(response.headers, new URL("login", baseUrl));
 * const sid = cookies.find(({ name }) => name === "sid")?.value;
 */
export function readCookies(
  headers: Headers,
  url: string | URL,
  { sentTo = url, now = parseHttpDate(headers.get("date")) ?? EARLIEST_EXPIRY }: CookieReading = {},
): ReceivedCookies {
  const from = new URL(url);
  const isOver = ({ expiresIn, expiresAt = Number.POSITIVE_INFINITY }: Cookie) =>
    expiresIn === undefined ? expiresAt <= now : expiresIn <= 0;
  const stored = new Map<string, Cookie>();
  for (const line of linesOf(headers)) {
    const cookie = parseLine(line, from);
    if (cookie === undefined) continue;
    const key = keyOf(cookie);
    const before = stored.get(key);
    // A replaced cookie keeps its place in the order; a deleted one does not.
    if (before !== undefined && isOver(before)) stored.delete(key);
    stored.set(key, cookie);
  }
  const all = cookiesSentTo(stored.values(), new URL(sentTo));
  return {
    cookies: all.filter((cookie) => !isOver(cookie)),
    deleted: all.filter(isOver).map(({ name }) => name),
  };
}

function linesOf(headers: Headers): string[] {
  if (typeof headers.getSetCookie === "function") return headers.getSetCookie();
  // Older runtimes join the lines. A comma without a following name and `=` belongs to a date or a value.
  return (headers.get("set-cookie") ?? "").split(/,(?=[^=;,]*=)/);
}

/** RFC 6265, sections 5.2 and 5.3. */
function parseLine(line: string, { hostname, pathname }: URL): Cookie | undefined {
  const [[name, value] = [""], ...attributes] = line.split(";").map(partsOf);
  if (name === "" || value === undefined) return undefined;
  const found = new Map<string, string>();
  let expiresAt: number | undefined;
  for (const [key, text = ""] of attributes) {
    const attribute = key.toLowerCase();
    if (attribute === "expires") expiresAt = parseCookieDate(text) ?? expiresAt;
    else if (attribute !== "max-age" || /^-?\d+$/.test(text)) found.set(attribute, text);
  }
  const wider = (found.get("domain") ?? "").replace(/^\./, "").toLowerCase();
  const isHostOnly = wider === "";
  if (!isHostOnly && !domainMatches(hostname, wider)) return undefined;
  const path = found.get("path") ?? "";
  const isSecure = found.has("secure");
  const prefix = /^__(?:host|secure)-/i.exec(name)?.[0].toLowerCase();
  if (prefix !== undefined && !isSecure) return undefined;
  if (prefix === "__host-" && !(isHostOnly && path === "/")) return undefined;
  const maxAge = found.get("max-age");
  return {
    name,
    value,
    domain: isHostOnly ? hostname : wider,
    isHostOnly,
    path: path.startsWith("/") ? path : pathname.slice(0, Math.max(pathname.lastIndexOf("/"), 1)),
    isSecure,
    ...(maxAge !== undefined ? { expiresIn: Number(maxAge) * 1000 } : expiresAt !== undefined ? { expiresAt } : {}),
  };
}

function partsOf(text: string): [string, string?] {
  const at = text.indexOf("=");
  return at < 0 ? [trimmed(text)] : [trimmed(text.slice(0, at)), trimmed(text.slice(at + 1))];
}

// The lookbehind keeps it linear for long runs of spaces.
function trimmed(text: string): string {
  return text.replace(/^[\t ]+|(?<![\t ])[\t ]+$/g, "");
}
