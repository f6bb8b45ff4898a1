import type { IncomingHttpHeaders } from "node:http";

/** The values of a response header, as undici gives it: a text, or a list if the header came several times. */
export function valuesOf(headers: IncomingHttpHeaders, name: string): readonly string[] {
  const value = headers[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

/** A response of undici as the `Response` that a flow looks at. */
export function toResponse(status: number, headers: IncomingHttpHeaders, body?: Buffer): Response {
  const shown = shownStatus(status);
  const empty = body === undefined || shown !== status || [204, 205, 304].includes(status);
  return new Response(empty ? null : new Uint8Array(body), { status: shown, headers: toHeaders(headers) });
}

/** The constructor of `Response` takes fewer statuses than HTTP. */
export function shownStatus(status: number): number {
  return status >= 200 && status <= 599 ? status : 599;
}

/** Headers take fewer values than HTTP. Others are left out. */
export function toHeaders(headers: IncomingHttpHeaders): Headers {
  const all = new Headers();
  for (const name in headers) {
    const value = headers[name];
    if (typeof value === "string") append(all, name, value);
    else for (const one of value ?? []) append(all, name, one);
  }
  return all;
}

function append(headers: Headers, name: string, value: string): void {
  try {
    headers.append(name, value);
  } catch {}
}
