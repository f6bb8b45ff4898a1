import type { FlowRequest } from "../contract/flow/flow-context.ts";
import { SAFE_HEADERS } from "../request/safe-headers.ts";
import { formsOf, partsOf } from "../util/secret-forms.ts";
import { tagOf } from "../util/tag-of.ts";

/** Removes the longest secrets first, and cuts the text to 300 characters. */
export function redact(text: string, secrets: Iterable<string>): string {
  const forms = new Set([...secrets].filter((secret) => secret !== "").flatMap(formsOf));
  const all = [...forms].sort((a, b) => b.length - a.length);
  return all.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text).slice(0, 300);
}

// A vendor's error may quote the request. So every string in a body is secret, except short ones such as flags.
export function* textsOf(body: unknown, depth = 0): Iterable<string> {
  if (isForm(body)) {
    for (const value of body.values()) if (typeof value === "string") yield* textsOf(value);
  } else if (typeof body === "string") {
    if (body.length >= 4) yield body;
  } else if (typeof body === "object" && body !== null && depth < 8) {
    for (const value of Object.values(body)) yield* textsOf(value, depth + 1);
  }
}

// `instanceof` would miss forms of another realm or of undici.
function isForm(body: unknown): body is URLSearchParams | FormData {
  return /^(FormData|URLSearchParams)$/.test(tagOf(body));
}

export function* credentialsIn(headers: FlowRequest["headers"] = {}): Iterable<string> {
  for (const [name, value] of Object.entries(headers)) {
    if (!SAFE_HEADERS.includes(name.toLowerCase())) yield* partsOf(value);
  }
}
