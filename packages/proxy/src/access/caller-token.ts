import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The query parameter that carries the token. */
export const TOKEN_PARAMETER = "vms_token";

/** A random value of this run, compared in constant time. */
interface ComparableSecret {
  readonly value: string;
  /** Whether a text is the value. The duration reveals only the length, which is public. */
  is(given: string): boolean;
}

/** The token that callers of this run send. */
export interface CallerToken extends ComparableSecret {
  /**
   * The value of the browser's cookie. It differs from the token, because browsers send cookies to every port of a
   * host.
   */
  readonly cookie: ComparableSecret;
}

/** Creates the token of a run. By default it is random. */
export function createCallerToken(value: string = randomValue()): CallerToken {
  return { ...makeSecret(value), cookie: makeSecret(randomValue()) };
}

/** base64url needs no escaping in a URL, a header or a cookie. */
function randomValue(): string {
  return randomBytes(32).toString("base64url");
}

function makeSecret(value: string): ComparableSecret {
  const wanted = Buffer.from(value);
  return {
    value,
    is(given) {
      const bytes = Buffer.from(given);
      return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
    },
  };
}

/** The name of the cookie. It contains the port, because browsers share cookies between the ports of a host. */
export function cookieName(port: number): string {
  return `${TOKEN_PARAMETER}_${port}`;
}

/** Whether a request contains the token: as Bearer token, or as the password of Basic. */
export function hasToken({ authorization = "" }: IncomingHttpHeaders, token: CallerToken): boolean {
  const [scheme = "", text = ""] = authorization.split(/ +/, 2);
  const shown = /^bearer$/i.test(scheme) ? text : /^basic$/i.test(scheme) ? passwordOf(text) : undefined;
  return shown !== undefined && token.is(shown);
}

/**
 * Whether a browser sends the cookie, and states that the request is not from another origin's page. Chromium does not
 * state it for WebSockets, but sends the origin, which the access check has compared.
 */
export function hasCookie(headers: IncomingHttpHeaders, token: CallerToken, port: number): boolean {
  const { cookie = "", origin, upgrade } = headers;
  const site = headers["sec-fetch-site"];
  const isSaid = site === "same-origin" || site === "none";
  const isWebSocket = site === undefined && origin !== undefined && upgrade?.toLowerCase() === "websocket";
  if (!isSaid && !isWebSocket) return false;
  const name = `${cookieName(port)}=`;
  return cookie
    .split(";")
    .some((pair) => pair.trimStart().startsWith(name) && token.cookie.is(pair.trim().slice(name.length)));
}

function passwordOf(base64: string): string {
  const pair = Buffer.from(base64, "base64").toString("latin1");
  return pair.slice(pair.indexOf(":") + 1);
}
