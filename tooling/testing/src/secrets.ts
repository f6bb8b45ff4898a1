import { inspect } from "node:util";

/** Whether a value shows one of these secrets at any depth, plain or URL-encoded. */
export function shows(value: unknown, secrets: readonly string[]): boolean {
  const seen = inspect(value, { depth: 10, showHidden: true }) + JSON.stringify(value);
  return [...secrets, ...secrets.map(encodeURIComponent)].some((secret) => seen.includes(secret));
}
