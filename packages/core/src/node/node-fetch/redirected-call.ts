import { Buffer } from "node:buffer";
import type { IncomingHttpHeaders } from "node:http";
import { isBadPort } from "./bad-ports.ts";
import { type Call, isHttp } from "./read-call.ts";
import { withoutHeaders } from "./request-headers.ts";

const OF_BODY = ["content-encoding", "content-language", "content-location", "content-type", "content-length"];
const OF_ORIGIN = ["authorization", "proxy-authorization", "cookie", "host"];

export function isRedirectStatus(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

/**
 * Returns the next call of a redirect, by the rules of the Fetch standard.
 * @returns `undefined` if there is no `location`, which makes the response final.
 * @throws {Error} the reason why the redirect cannot be followed.
 */
export function redirectedCall(call: Call, status: number, headers: IncomingHttpHeaders): Call | undefined {
  const location = locationOf(headers);
  if (location === undefined) return undefined;
  const url = new URL(location, call.url);
  if (url.hash === "") url.hash = call.url.hash;
  if (!isHttp(url)) throw new Error("URL scheme must be a HTTP(S) scheme");
  if (url.username !== "" || url.password !== "") {
    throw new Error('cross origin not allowed for request mode "cors"');
  }
  if (isBadPort(url)) throw new Error("bad port");
  const { method } = call;
  const isGet =
    ((status === 301 || status === 302) && method === "POST") ||
    (status === 303 && method !== "GET" && method !== "HEAD");
  const isForeign = url.origin !== call.url.origin;
  const dropped = [...(isGet ? OF_BODY : []), ...(isForeign ? OF_ORIGIN : [])];
  const kept = dropped.length === 0 ? call.headers : withoutHeaders(call.headers, dropped);
  if (isGet) return { ...call, url, headers: kept, method: "GET", body: undefined, bodyType: undefined };
  return { ...call, url, headers: kept };
}

// Some servers send UTF-8, which undici reads as Latin-1.
function locationOf({ location: given }: { readonly location?: string | string[] | undefined }): string | undefined {
  const location = Array.isArray(given) ? given.join(", ") : given;
  if (location === undefined || /^[ -~]*$/.test(location)) return location;
  return Buffer.from(location, "latin1").toString();
}
