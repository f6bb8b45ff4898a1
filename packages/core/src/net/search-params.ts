/**
 * Puts search parameters into a URL, in place of any of the same name.
 * @param query the parameters, encoded.
 */
export function withSearchParams(url: string, query: string, names: readonly string[]): string {
  // As the URL standard does before it looks at anything else.
  const text = url.replace(/[\t\n\r]/g, "");
  const hash = text.indexOf("#");
  const bare = hash === -1 ? text : text.slice(0, hash);
  const at = bare.indexOf("?");
  if (at === -1) return `${bare}?${query}`;
  const rest = stripped(bare.slice(at + 1), names);
  return `${bare.slice(0, at)}?${rest === "" ? "" : `${rest}&`}${query}`;
}

/** Takes search parameters out of a URL: what may be shown of a URL whose query holds a credential. */
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
