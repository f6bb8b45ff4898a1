import type { FlowRequest } from "../contract/flow.ts";
import { SAFE_HEADERS } from "../request/safe-headers.ts";

/** Takes secrets out of a text, the longest first, and bounds it. */
export function redact(text: string, secrets: Iterable<string>): string {
  const forms = new Set([...secrets].filter((secret) => secret !== "").flatMap(formsOf));
  const all = [...forms].sort((a, b) => b.length - a.length);
  return all.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text).slice(0, 300);
}

// The forms in which a vendor may quote a secret: plain, in JSON, in a URL, in a form, in HTML.
function formsOf(secret: string): string[] {
  const html = secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const named = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inUrl = secret.isWellFormed() ? [encodeURIComponent(secret)] : [];
  return [secret, inJson, form, html, named, ...inUrl];
}

// A vendor may quote in an error what it was sent. All texts of a body count as secret save short ones, such as a flag.
export function* textsOf(body: unknown, depth = 0): Iterable<string> {
  if (body instanceof URLSearchParams || body instanceof FormData) {
    for (const value of body.values()) if (typeof value === "string") yield* textsOf(value);
  } else if (typeof body === "string") {
    if (body.length >= 4) yield body;
  } else if (typeof body === "object" && body !== null && depth < 8) {
    for (const value of Object.values(body)) yield* textsOf(value, depth + 1);
  }
}

// The whole header, and what stands behind its scheme (`Basic …`) or a cookie's name.
export function* credentialsIn(headers: FlowRequest["headers"] = {}): Iterable<string> {
  for (const [name, value] of Object.entries(headers)) {
    if (SAFE_HEADERS.includes(name.toLowerCase())) continue;
    yield value;
    yield* value.split(/[\s;]+|=(?=[^=])/).filter((part) => part.length >= 8);
  }
}
