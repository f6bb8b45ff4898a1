import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** The parameter of an address that brings the token. */
export const TOKEN_PARAMETER = "vms_token";

/** What callers of one run show, and how it is recognised. */
export interface CallerToken {
  readonly value: string;
  /** Whether a text is the token. How long that takes says nothing of the token but its length, which everybody knows. */
  is(given: string): boolean;
}

/** Makes the token of a run. Its letters need no escaping in a URL, a header or a cookie. */
export function makeToken(): CallerToken {
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

/** Whether a request shows the token: as Bearer, as the password of Basic, or as the cookie. */
export function showsToken(headers: IncomingHttpHeaders, token: CallerToken, port: number): boolean {
  const { authorization = "", cookie = "" } = headers;
  const [scheme = "", text = ""] = authorization.split(/ +/, 2);
  const shown = /^bearer$/i.test(scheme) ? text : /^basic$/i.test(scheme) ? passwordOf(text) : undefined;
  if (shown !== undefined && token.is(shown)) return true;
  const name = `${cookieName(port)}=`;
  return cookie
    .split(";")
    .some((pair) => pair.trimStart().startsWith(name) && token.is(pair.trim().slice(name.length)));
}

function passwordOf(base64: string): string {
  const pair = Buffer.from(base64, "base64").toString("latin1");
  return pair.slice(pair.indexOf(":") + 1);
}
