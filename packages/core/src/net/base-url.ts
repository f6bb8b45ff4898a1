import { InvalidOptions } from "../errors/invalid-options.ts";
import { tagOf } from "../util/tag-of.ts";

// A scheme or a network path. The URL parser ignores leading spaces and reads a backslash as a slash.
const ABSOLUTE = /^\s*(?:[a-z][a-z0-9+.-]*:|[/\\]{2})/i;

/** Whether `fetch` reads this as a URL with a scheme or host. */
export function isAbsolute(input: string): boolean {
  return ABSOLUTE.test(input);
}

/**
 * Joins a path, with or without a leading slash, below a base URL that ends with a slash.
 *
 * Joins strings, because a `URL` costs more than the rest of a call. The result cannot leave the base's origin: it only
 * adds to path, query or fragment.
 */
export function joinBelow(base: string, path: string): string {
  if (path === "" || path.startsWith("?") || path.startsWith("#")) return base.slice(0, -1) + path;
  return base + (path.startsWith("/") ? path.slice(1) : path);
}

/** Removes query and fragment too. */
export function withSlash(url: URL): URL {
  const base = new URL(url);
  base.search = "";
  base.hash = "";
  if (!base.pathname.endsWith("/")) base.pathname += "/";
  return base;
}

/**
 * Validates the option `baseUrl` and adds a trailing slash.
 * @param value a string or a `URL`.
 * @throws {InvalidOptions} `invalid_options` if the value is not an HTTP URL, or has a query, a fragment or
 * credentials.
 * @example
 * const baseUrl = parseBaseUrl("acme", options.baseUrl); // https://host/path becomes https://host/path/
 */
export function parseBaseUrl(vendor: string, value: unknown): URL {
  const text = tagOf(value) === "URL" ? String(value) : value;
  const problem = baseUrlProblem(text);
  if (problem !== undefined) {
    throw new InvalidOptions(vendor, `\`baseUrl\` ${problem}`, { remedy: { id: "correct_option", option: "baseUrl" } });
  }
  return withSlash(new URL(text as string));
}

/** Returns the end of a sentence; `undefined` if the text is valid. */
export function baseUrlProblem(text: unknown): string | undefined {
  if (typeof text !== "string" || text.trim() === "") return "is missing. Write https://host, with the vendor's host.";
  if (!/^https?:\/\//i.test(text.trim())) return "must begin with https://, for example https://host.";
  if (!URL.canParse(text)) return "is not a valid URL. Write https://host or https://host/path.";
  const { username, password, search, hash } = new URL(text);
  if (username !== "" || password !== "") return "must not contain a user name or password.";
  return search === "" && hash === "" ? undefined : "must not have a query or a fragment.";
}
