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
    .filter((pair) => {
      const name = pair.split("=")[0] ?? "";
      return pair !== "" && !names.includes(name) && !names.includes(decoded(name));
    })
    .join("&");
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll("+", " "));
  } catch {
    return name;
  }
}
