import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The parameter of an address that brings the token. */
export const TOKEN_PARAMETER = "vms_token";

/** A value of one run, and how it is recognised. */
export interface ComparableSecret {
  readonly value: string;
  /** Whether a text is the value. How long that takes says nothing of it but its length, which everybody knows. */
  is(given: string): boolean;
}

/** What callers of one run show. */
export interface CallerToken extends ComparableSecret {
  /**
   * What a browser gets for the token, and what is good in its cookie alone: browsers show cookies to every port of the
   * host, and who sees one there must not learn the token.
   */
  readonly cookie: ComparableSecret;
}

/** Makes the token of a run. */
export function createCallerToken(): CallerToken {
  return { ...makeSecret(), cookie: makeSecret() };
}

/** Its letters need no escaping in a URL, a header or a cookie. */
function makeSecret(): ComparableSecret {
  const value = randomBytes(32).toString("base64url");
  const wanted = Buffer.from(value);
  return {
    value,
    is(given) {
      const bytes = Buffer.from(given);
      return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
    },
  };
}

/** The cookie's name. Browsers share cookies between the ports of a host, so that each proxy needs a name of its own. */
export function cookieName(port: number): string {
  return `${TOKEN_PARAMETER}_${port}`;
}

/** Whether a request shows the token: as Bearer, or as the password of Basic. */
export function showsToken({ authorization = "" }: IncomingHttpHeaders, token: CallerToken): boolean {
  const [scheme = "", text = ""] = authorization.split(/ +/, 2);
  const shown = /^bearer$/i.test(scheme) ? text : /^basic$/i.test(scheme) ? passwordOf(text) : undefined;
  return shown !== undefined && token.is(shown);
}

/**
 * Whether a browser shows the cookie, and says that it is not for another origin's page. Chromium does not say so of a
 * WebSocket, but always names the page's origin, which the guard has compared by now.
 */
export function showsCookie(headers: IncomingHttpHeaders, token: CallerToken, port: number): boolean {
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
