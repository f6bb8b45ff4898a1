import type { IncomingMessage } from "node:http";

/**
 * `Headers` of a message of `node:http`. `get` and `has` read Node's own headers; the class `Headers` is loaded only
 * for other methods.
 */
export function httpHeaders(message: IncomingMessage): Headers {
  let whole: Headers | undefined;
  const all = (): Headers => {
    whole ??= new Headers(pairsOf(message));
    return whole;
  };
  return {
    get(name) {
      if (whole !== undefined) return whole.get(name);
      const value = message.headers[name.toLowerCase()];
      return Array.isArray(value) ? value.join(", ") : (value ?? null);
    },
    has: (name) => (whole === undefined ? Object.hasOwn(message.headers, name.toLowerCase()) : whole.has(name)),
    getSetCookie: () => (whole === undefined ? [...(message.headers["set-cookie"] ?? [])] : whole.getSetCookie()),
    append: (name, value) => all().append(name, value),
    delete: (name) => all().delete(name),
    set: (name, value) => all().set(name, value),
    forEach: (callback, self) => all().forEach(callback, self),
    entries: () => all().entries(),
    keys: () => all().keys(),
    values: () => all().values(),
    [Symbol.iterator]: () => all().entries(),
  };
}

function pairsOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) pairs.push([rawHeaders[at] ?? "", rawHeaders[at + 1] ?? ""]);
  return pairs;
}
