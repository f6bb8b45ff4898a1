import type { IncomingHttpHeaders } from "node:http";

/** The values of a response header, as undici gives it: a text, or a list if the header came several times. */
export function valuesOf(headers: IncomingHttpHeaders, name: string): readonly string[] {
  const value = headers[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** A response of undici as the `Response` that a flow looks at. */
export function toResponse(status: number, headers: IncomingHttpHeaders, body?: Buffer): Response {
  // The constructor takes fewer statuses and header values than HTTP.
  const known = status >= 200 && status <= 599;
  const empty = body === undefined || !known || [204, 205, 304].includes(status);
  const all = new Headers();
  for (const name of Object.keys(headers)) {
    for (const value of valuesOf(headers, name)) {
      try {
        all.append(name, value);
      } catch {}
    }
  }
  return new Response(empty ? null : new Uint8Array(body), { status: known ? status : 599, headers: all });
}
