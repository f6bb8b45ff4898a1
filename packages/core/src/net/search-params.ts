/**
 * Adds search parameters to a URL and removes existing ones of the same names.
 * @param query the parameters, encoded.
 * @param names their names.
 */
export function withSearchParams(url: string, query: string, names: readonly string[]): string {
  // The URL parser removes these characters first.
  const text = url.replace(/[\t\n\r]/g, "");
  const hash = text.indexOf("#");
  const bare = hash === -1 ? text : text.slice(0, hash);
  const at = bare.indexOf("?");
  if (at === -1) return `${bare}?${query}`;
  const rest = stripped(bare.slice(at + 1), names);
  return `${bare.slice(0, at)}?${rest === "" ? "" : `${rest}&`}${query}`;
}

/** Removes search parameters from a URL, so that a URL with a credential in its query can be shown. */
export function withoutSearchParams(url: string, names: readonly string[]): string {
  const at = url.indexOf("?");
  if (at === -1) return url;
  const hash = url.indexOf("#", at);
  const end = hash === -1 ? url.length : hash;
  const rest = stripped(url.slice(at + 1, end), names);
  return url.slice(0, at) + (rest === "" ? "" : `?${rest}`) + url.slice(end);
}

function stripped(query: string, names: readonly string[]): string {
  return query
    .split("&")
    .filter((pair) => pair !== "" && !isOneOf(pair.split("=")[0] ?? "", names))
    .join("&");
}

/**
 * Removes search parameters from a text that may contain URLs, also encoded ones within others, so that it can be shown. The
 * case of a name does not count: a server may repeat it in another one.
 */
export function withoutPairs(text: string, names: readonly string[]): string {
  const parts = text.split(/([?&#\s"'<>])/);
  let shown = "";
  for (let at = 0; at < parts.length; at += 2) {
    const [part = "", next = ""] = [parts[at], parts[at + 1]];
    const equals = part.indexOf("=");
    if (equals === -1) shown += withoutInner(part, names, encodeURI) + next;
    else if (!isOneOf(part.slice(0, equals), names, true)) {
      shown += part.slice(0, equals + 1) + withoutInner(part.slice(equals + 1), names, encodeURIComponent) + next;
    } else if (shown.endsWith("&") || (shown.endsWith("?") && next !== "&")) shown = shown.slice(0, -1) + next;
    else if (next !== "&") shown += next;
  }
  return shown;
}

/** The same for a value that may be a text in which a URL is encoded. */
function withoutInner(value: string, names: readonly string[], encode: (text: string) => string): string {
  if (!value.includes("%")) return value;
  const inner = decoded(value);
  const shown = withoutPairs(inner, names);
  return shown === inner ? value : encode(shown);
}

function isOneOf(name: string, names: readonly string[], inAnyCase = false): boolean {
  const plain = decoded(name);
  if (names.includes(name) || names.includes(plain)) return true;
  return inAnyCase && names.some((one) => one.toLowerCase() === plain.toLowerCase());
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}
