/**
 * Replaces parameters of the same names.
 * @param query encoded parameters.
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

/** A value of this length is recognised without its name. */
const LONG = 8;

/**
 * Removes search parameters from the URLs in a text, even if one is encoded in another. A server may repeat a parameter
 * under another name, so values are recognised too.
 */
export function withoutPairs(text: string, query: Readonly<Record<string, string>>): string {
  const values = Object.values(query).filter((value) => value.length >= LONG);
  const isSecret = (name: string, value: string) => isOneOf(name, Object.keys(query)) || isOneOf(value, values);
  const parts = text.split(/([?&#\s"'<>])/);
  let shown = "";
  for (let at = 0; at < parts.length; at += 2) {
    const [part = "", next = ""] = [parts[at], parts[at + 1]];
    const equals = part.indexOf("=");
    const [name, value] = [part.slice(0, equals), part.slice(equals + 1)];
    if (equals === -1) shown += withoutInner(part, query, encodeURI) + next;
    else if (!isSecret(name, value)) shown += `${name}=${withoutInner(value, query, encodeURIComponent)}${next}`;
    else if (shown.endsWith("&") || (shown.endsWith("?") && next !== "&")) shown = shown.slice(0, -1) + next;
    else if (next !== "&") shown += next;
  }
  return shown;
}

function withoutInner(
  text: string,
  query: Readonly<Record<string, string>>,
  encode: (inner: string) => string,
): string {
  if (!text.includes("%")) return text;
  const inner = decoded(text);
  // The remaining encoding is malformed.
  if (inner.length === text.length) return text;
  const shown = withoutPairs(inner, query);
  return shown === inner ? text : encode(shown);
}

function isOneOf(text: string, list: readonly string[]): boolean {
  return list.includes(text) || list.includes(decoded(text));
}

function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    // Invalid UTF-8 must not hide what is next to it.
    return spaced.replace(/%[0-7][\da-f]/gi, decodeURIComponent);
  }
}
