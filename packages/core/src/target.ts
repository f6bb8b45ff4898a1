import { OriginNotAllowed } from "./errors/origin-not-allowed.ts";

// A scheme, or a network path: what would leave the base URL. WHATWG drops tabs, line ends and leading controls,
// and reads a backslash as a slash, so they are looked at as it would see them.
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:|^[/\\]{2}/i;

/** Whether `fetch` would read this as more than a path: with a scheme or a host of its own. */
export function isAbsolute(input: string): boolean {
  return ABSOLUTE.test(input);
}

/**
 * Joins a relative path below a base URL that ends with a slash: `locations` and `/locations` are the same call.
 * It joins strings, as a `URL` costs more than the rest of a call together. The result cannot leave the base's origin,
 * because whatever follows the base's path is path, query or fragment.
 */
export function joinBelow(base: string, path: string): string {
  if (path === "" || path.startsWith("?") || path.startsWith("#")) return base.slice(0, -1) + path;
  return base + (path.startsWith("/") ? path.slice(1) : path);
}

/** A base URL as paths are joined to it: with a slash at the end of its path, and nothing behind. */
export function withSlash(url: URL): URL {
  const base = new URL(url);
  base.search = "";
  base.hash = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return base;
}

/** Whether an origin is in a list that may hold `https://*.example.com`, where `*` is one label. */
export function originMatches(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => {
    const star = pattern.indexOf("*.");
    if (star === -1) return origin === pattern;
    const scheme = pattern.slice(0, star);
    const tail = pattern.slice(star + 1);
    if (!origin.startsWith(scheme) || !origin.endsWith(tail)) return false;
    return /^[a-z0-9-]+$/.test(origin.slice(scheme.length, -tail.length));
  });
}

/** The error for a call that would carry the credential away. The URL's path and query are not shown. */
export function notAllowed(vendor: string, origin: string, home: string): OriginNotAllowed {
  return new OriginNotAllowed(
    vendor,
    `a call to ${origin} was not sent: the session belongs to ${home}. ` +
      "Use a path below the base URL, add the origin to `allowedOrigins`, or call it with a fetch of your own.",
  );
}
