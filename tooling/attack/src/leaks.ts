import { inspect } from "node:util";

/** Concatenates all forms in which a value can appear in a log. */
export function printedForms(value: unknown): string {
  const signIns = [
    () => inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, getters: true }),
    () => inspect(value, { depth: Number.POSITIVE_INFINITY, showHidden: true, customInspect: false }),
    () => inspect(value),
    () => inspect(value, { depth: 0, customInspect: false }),
    () => JSON.stringify(value),
    () => String(value),
    () => inspect(structuredClone(value), { depth: Number.POSITIVE_INFINITY, showHidden: true }),
    () => (value instanceof Error ? `${value.stack} ${inspect(value.cause)}` : ""),
  ];
  return signIns
    .map((signIn) => {
      try {
        return signIn();
      } catch {
        return ""; // This form of the value cannot be printed.
      }
    })
    .join("\n");
}

/** Returns the text before the first leaked secret; `""` if there is no leak. */
export function findLeak(text: string, secrets: Iterable<string>): string {
  for (const secret of secrets) {
    const at = text.indexOf(secret);
    if (at >= 0) return `a secret of ${secret.length} characters shows after: ${text.slice(Math.max(0, at - 300), at)}`;
  }
  return "";
}
