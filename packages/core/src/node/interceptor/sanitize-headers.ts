import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { HIDDEN_HEADER, type QueryCredential, sanitizeHeader } from "../../request/sanitize-response.ts";

/**
 * Removes secrets from a response's headers. The controller's own list, which undici's `fetch` reads, is changed in
 * place.
 */
export function sanitizeHeaders(
  headers: IncomingHttpHeaders,
  controller: Dispatcher.DispatchController,
  credential: QueryCredential,
): IncomingHttpHeaders {
  if (credential.query === "" && headers[HIDDEN_HEADER] === undefined) return headers;
  const shown: IncomingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name !== HIDDEN_HEADER && value !== undefined) shown[name] = sanitizeAll(value, credential);
  }
  sanitizeRaw(controller.rawHeaders, credential);
  return shown;
}

function sanitizeAll(value: string | string[], credential: QueryCredential): string | string[] {
  if (typeof value === "string") return sanitizeHeader(value, credential);
  return value.map((one) => sanitizeHeader(one, credential));
}

function sanitizeRaw(raw: Dispatcher.DispatchController["rawHeaders"], credential: QueryCredential): void {
  if (!Array.isArray(raw)) {
    // With HTTP/2 it is an object.
    for (const [name, value] of Object.entries(raw ?? {})) {
      if (name.toLowerCase() === HIDDEN_HEADER) delete raw?.[name];
      else if (raw && value !== undefined) raw[name] = sanitizeAll(value, credential);
    }
    return;
  }
  const list = raw as (Buffer | string)[];
  const shown: (Buffer | string)[] = [];
  for (let at = 0; at + 1 < list.length; at += 2) {
    const [name, value] = [list[at], list[at + 1]] as [Buffer | string, Buffer | string];
    if (name.toString("latin1").toLowerCase() === HIDDEN_HEADER) continue;
    const text = value.toString("latin1");
    const sanitized = sanitizeHeader(text, credential);
    shown.push(name, sanitized === text ? value : Buffer.from(sanitized, "latin1"));
  }
  list.splice(0, list.length, ...shown);
}
