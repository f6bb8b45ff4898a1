import type { FlowRequest } from "../contract/flow/flow-context.ts";
import { SAFE_HEADERS } from "../request/safe-headers.ts";
import { formsOf, partsOf } from "../util/secret-forms.ts";
import { tagOf } from "../util/tag-of.ts";

/** Takes secrets out of a text, the longest first, and bounds it. */
export function redact(text: string, secrets: Iterable<string>): string {
  const forms = new Set([...secrets].filter((secret) => secret !== "").flatMap(formsOf));
  const all = [...forms].sort((a, b) => b.length - a.length);
  return all.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text).slice(0, 300);
}

// A vendor may quote in an error what it was sent. All texts of a body count as secret save short ones, such as a flag.
export function* textsOf(body: unknown, depth = 0): Iterable<string> {
  if (isForm(body)) {
    for (const value of body.values()) if (typeof value === "string") yield* textsOf(value);
  } else if (typeof body === "string") {
    if (body.length >= 4) yield body;
  } else if (typeof body === "object" && body !== null && depth < 8) {
    for (const value of Object.values(body)) yield* textsOf(value, depth + 1);
  }
}

// By its tag, because it can be a form of another realm, or of undici.
function isForm(body: unknown): body is URLSearchParams | FormData {
  return /^(FormData|URLSearchParams)$/.test(tagOf(body));
}

// All headers but a few count as secret.
export function* credentialsIn(headers: FlowRequest["headers"] = {}): Iterable<string> {
  for (const [name, value] of Object.entries(headers)) {
    if (!SAFE_HEADERS.includes(name.toLowerCase())) yield* partsOf(value);
  }
}
