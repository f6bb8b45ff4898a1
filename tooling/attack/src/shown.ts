import { inspect } from "node:util";

/** All the ways in which a value gets into a log, one after the other. */
export function shown(value: unknown): string {
  const ways = [
    () => inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    () => inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, customInspect: false }),
    () => inspect(value),
    () => inspect(value, { depth: 0, customInspect: false }),
    () => JSON.stringify(value),
    () => String(value),
    () => inspect(structuredClone(value), { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    () => (value instanceof Error ? `${value.stack} ${inspect(value.cause)}` : ""),
  ];
  return ways
    .map((way) => {
      try {
        return way();
      } catch {
        return ""; // A value that cannot be shown in this way shows nothing in it.
      }
    })
    .join("\n");
}

/** Where the first leak in a text is, without the secret itself; `""` where there is none. */
export function leakIn(text: string, secrets: Iterable<string>): string {
  for (const secret of secrets) {
    const at = text.indexOf(secret);
    if (at >= 0) return `a secret of ${secret.length} characters shows after: ${text.slice(Math.max(0, at - 300), at)}`;
  }
  return "";
}
