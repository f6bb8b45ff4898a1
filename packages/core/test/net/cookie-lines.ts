import { type ReceivedCookies, readCookies } from "../../src/net/read-cookies.ts";

export const URL_OF_LOGIN = "https://eu.acme.example/api/v1/login";
export const NOW: number = Date.UTC(2029, 0);
export const PAST = "Sun, 31 Dec 2028 23:59:59 GMT";
export const FUTURE = "Mon, 01 Jan 2029 00:00:01 GMT";

/** Headers with these `Set-Cookie` lines. */
export function headersOf(lines: readonly string[]): Headers {
  const headers = new Headers();
  for (const line of lines) headers.append("set-cookie", line);
  return headers;
}

/** Reads the lines of a response at `NOW`. */
export function read(
  lines: readonly string[],
  sentTo: string = URL_OF_LOGIN,
  url: string = URL_OF_LOGIN,
): ReceivedCookies {
  return readCookies(headersOf(lines), url, { sentTo, now: NOW });
}

/** The `Cookie` header that a client sends to a URL after a response with these lines. */
export function sent(lines: readonly string[], sentTo?: string, url?: string): string {
  return read(lines, sentTo, url)
    .cookies.map(({ name, value }) => `${name}=${value}`)
    .join("; ");
}
