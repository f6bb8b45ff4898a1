import { parseCookieDate } from "../../src/net/cookie-date.ts";

interface Stored {
  readonly name: string;
  readonly value: string;
  readonly expiry: number;
  readonly domain: string;
  readonly path: string;
  readonly creation: number;
  readonly isHostOnly: boolean;
  readonly isSecure: boolean;
}

/** The algorithms of RFC 6265, step by step: a client's `Cookie` header after one response. */
export function cookieHeader(lines: readonly string[], url: URL, target: URL, now: number): string {
  let store: Stored[] = [];
  lines.forEach((line, at) => {
    const received = receive(line, url, now, at);
    if (received === undefined) return;
    const old = store.find((one) => isSame(one, received));
    store = store.filter((one) => one !== old);
    store.push(old === undefined ? received : { ...received, creation: old.creation });
    // Section 5.3: expired cookies are evicted.
    store = store.filter(({ expiry }) => expiry > now);
  });
  return retrieve(store, target)
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
}

function isSame(a: Stored, b: Stored): boolean {
  return a.name === b.name && a.domain === b.domain && a.path === b.path;
}

/** Sections 5.2 and 5.3. */
function receive(line: string, url: URL, now: number, creation: number): Stored | undefined {
  const semicolon = line.indexOf(";");
  const pair = semicolon < 0 ? line : line.slice(0, semicolon);
  const equals = pair.indexOf("=");
  if (equals < 0) return undefined;
  const name = withoutSpace(pair.slice(0, equals));
  if (name === "") return undefined;
  const list: [string, string | number][] = [];
  for (const attribute of semicolon < 0 ? [] : line.slice(semicolon + 1).split(";")) {
    const sign = attribute.indexOf("=");
    const key = withoutSpace(sign < 0 ? attribute : attribute.slice(0, sign)).toLowerCase();
    const value = sign < 0 ? "" : withoutSpace(attribute.slice(sign + 1));
    if (key === "expires") {
      const date = parseCookieDate(value);
      if (date !== undefined) list.push([key, date]);
    } else if (key === "max-age") {
      const digits = value.startsWith("-") ? value.slice(1) : value;
      const isNumber = digits !== "" && [...digits].every((digit) => digit >= "0" && digit <= "9");
      if (isNumber) list.push([key, Number(value) <= 0 ? Number.NEGATIVE_INFINITY : now + Number(value) * 1000]);
    } else if (key === "domain") {
      // An empty value follows RFC 6265bis and browsers: the cookie is host-only.
      list.push([key, (value.startsWith(".") ? value.slice(1) : value).toLowerCase()]);
    } else if (key === "path") {
      list.push([key, value.startsWith("/") ? value : defaultPath(url.pathname)]);
    } else if (key === "secure") list.push([key, ""]);
  }
  const last = (key: string) => list.findLast(([one]) => one === key)?.[1];
  const domain = String(last("domain") ?? "");
  if (domain !== "" && !domainMatches(url.hostname, domain)) return undefined;
  return {
    name,
    value: withoutSpace(pair.slice(equals + 1)),
    expiry: Number(last("max-age") ?? last("expires") ?? Number.POSITIVE_INFINITY),
    domain: domain === "" ? url.hostname : domain,
    path: String(last("path") ?? defaultPath(url.pathname)),
    creation,
    isHostOnly: domain === "",
    isSecure: last("secure") !== undefined,
  };
}

/** Section 5.4. */
function retrieve(store: readonly Stored[], target: URL): Stored[] {
  return store
    .filter(({ isHostOnly, domain }) =>
      isHostOnly ? target.hostname === domain : domainMatches(target.hostname, domain),
    )
    .filter(({ path }) => pathMatches(target.pathname, path))
    .filter(({ isSecure }) => !isSecure || target.protocol === "https:")
    .sort((a, b) => b.path.length - a.path.length || a.creation - b.creation);
}

/** Section 5.1.3. */
function domainMatches(text: string, domain: string): boolean {
  if (text === domain) return true;
  if (!text.endsWith(domain)) return false;
  if (text.at(-domain.length - 1) !== ".") return false;
  return !text.startsWith("[") && ![...text].every((letter) => "0123456789.".includes(letter));
}

/** Section 5.1.4. */
function defaultPath(path: string): string {
  if (path === "" || path[0] !== "/") return "/";
  if (path.split("/").length - 1 === 1) return "/";
  return path.slice(0, path.lastIndexOf("/"));
}

function pathMatches(requested: string, path: string): boolean {
  if (requested === path) return true;
  return requested.startsWith(path) && (path.endsWith("/") || requested[path.length] === "/");
}

function withoutSpace(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && (text[start] === " " || text[start] === "\t")) start++;
  while (end > start && (text[end - 1] === " " || text[end - 1] === "\t")) end--;
  return text.slice(start, end);
}
