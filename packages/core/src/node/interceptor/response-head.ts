import type { IncomingHttpHeaders } from "node:http";

/** undici lists repeated headers. */
export function valuesOf(headers: IncomingHttpHeaders, name: string): readonly string[] {
  const value = headers[name];
  if (value === undefined) return [];
  return typeof value === "string" ? [value] : value;
}

export function toResponse(status: number, headers: IncomingHttpHeaders, body?: Buffer): Response {
  const shown = shownStatus(status);
  const empty = body === undefined || shown !== status || [204, 205, 304].includes(status);
  return new Response(empty ? null : new Uint8Array(body), { status: shown, headers: toHeaders(headers) });
}

/** `Response` accepts fewer statuses than HTTP. */
export function shownStatus(status: number): number {
  return status >= 200 && status <= 599 ? status : 599;
}

/** Omits values that HTTP allows but `Headers` does not. */
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
