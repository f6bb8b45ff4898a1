import type { IncomingMessage } from "node:http";
import type { ProxyResponse } from "../responses/proxy-response.ts";
import { hostCheck, isLoopback } from "./bind-address.ts";
import { type CallerToken, cookieName, hasCookie, hasToken, TOKEN_PARAMETER } from "./caller-token.ts";

/** The address of the proxy, and what callers must send. */
export interface AccessOptions {
  readonly bind: string;
  readonly port: number;
  /** Further host names of the proxy. */
  readonly hosts: readonly string[];
  /** The URL of the proxy, for messages. */
  readonly url: string;
  /** `undefined` lets every program that reaches the proxy use it. */
  readonly token: CallerToken | undefined;
}

/** Checks a request before it is passed on. Returns a response if the request is refused. */
export type AccessCheck = (request: IncomingMessage) => ProxyResponse | undefined;

/** `TRACE` would show the session's credential to its caller; `CONNECT` would bypass the session. */
const REFUSED_METHODS = ["TRACE", "TRACK", "CONNECT"];

/** A path segment `.` or `..` in any spelling that a server might accept. */
const DOT_STEP = /(?:^|[/\\]|%2f|%5c)(?:\.|%2e){1,2}(?:$|[/\\]|%2f|%5c)/i;

/** Creates the access check of a proxy. */
export function createAccessCheck({ bind, port, hosts, url, token }: AccessOptions): AccessCheck {
  const isOurs = hostCheck(bind, port, hosts);
  // Beyond loopback, browsers send no Sec-Fetch-Site over plain HTTP. A cookie would then be valid for every page at
  // this address.
  const hasCookies = isLoopback(bind);

  return (request) => {
    const { headers, method = "", url: target = "" } = request;
    if (REFUSED_METHODS.includes(method)) return refusal(405, "method_not_allowed", `${method} is not passed on.`);
    if (!isOurs(onlyHost(request) ?? "")) {
      return refusal(
        403,
        "foreign_host",
        `the proxy does not know this host name. Use ${url}, or allow the name with the option \`hosts\` (vms: --allow-host).`,
      );
    }
    const origin = headers.origin;
    const site = headers["sec-fetch-site"];
    const foreign = origin !== undefined && origin !== `http://${headers.host?.toLowerCase()}`;
    if (foreign || (site !== undefined && site !== "same-origin" && site !== "none")) {
      const what = "a page of another origin may not use the session. Open the address in a new tab.";
      return refusal(403, "foreign_origin", what);
    }
    if (headers["service-worker"] !== undefined || headers["sec-fetch-dest"] === "serviceworker") {
      // A service worker would survive this run and control the pages of the next program on this port.
      return refusal(403, "service_worker", "service workers are not passed on.");
    }
    const bad = badTarget(target);
    if (bad !== undefined) return refusal(400, "bad_target", bad);
    return token === undefined ? undefined : unlessKnown(request, target, token);
  };

  function unlessKnown(request: IncomingMessage, target: string, token: CallerToken): ProxyResponse | undefined {
    const { headers } = request;
    const inQuery = target.includes(`${TOKEN_PARAMETER}=`) ? takeToken(target) : undefined;
    if (inQuery !== undefined && !hasCookies) {
      const what = `?${TOKEN_PARAMETER}= is for browsers, which are served only on loopback. Leave out --bind.`;
      return refusal(403, "no_browsers", what);
    }
    if (inQuery !== undefined) {
      if (!token.is(inQuery.token)) return unknown(headers);
      // A URL with the token is meant to be opened by a person, not embedded in a page.
      const dest = headers["sec-fetch-dest"];
      if ((dest !== undefined && dest !== "document") || !["GET", "HEAD"].includes(request.method ?? "")) {
        const what = `?${TOKEN_PARAMETER}= is only for the address bar. Leave it out: the browser already has the cookie.`;
        return refusal(403, "token_in_query", what);
      }
      return {
        status: 303,
        code: "",
        text: "continue without the token in the address.",
        headers: {
          // Absolute, because a path that starts with two slashes would lead to another host.
          location: `http://${headers.host}${inQuery.rest}`,
          "set-cookie": `${cookieName(port)}=${token.cookie.value}; Path=/; HttpOnly; SameSite=Strict`,
          "referrer-policy": "no-referrer",
        },
      };
    }
    if (hasToken(headers, token) || (hasCookies && hasCookie(headers, token, port))) return undefined;
    return unknown(headers);
  }

  function unknown(headers: IncomingMessage["headers"]): ProxyResponse {
    const browser = hasCookies ? "open the address that it printed" : "the proxy works only without --bind";
    const what =
      "the token is missing or belongs to another run. Send the header `Authorization: Bearer …` that `vms proxy` printed " +
      `when it started. In a browser, ${browser}.`;
    // A browser that asked for a password would send it with requests of other sites' pages too.
    const isBrowser = headers["sec-fetch-mode"] !== undefined || headers["user-agent"]?.startsWith("Mozilla/");
    const scheme = isBrowser ? "Bearer" : "Basic";
    return {
      ...refusal(401, "no_token", what),
      headers: { "www-authenticate": `${scheme} realm="vms proxy"` },
    };
  }
}

function refusal(status: number, code: string, text: string): ProxyResponse {
  return { status, code, text };
}

// Node uses the first of several Host headers, other servers the last.
function onlyHost({ rawHeaders, headers }: IncomingMessage): string | undefined {
  let seen = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === "host") seen++;
  return seen === 1 ? headers.host : undefined;
}

function badTarget(target: string): string | undefined {
  if (!target.startsWith("/")) return "the request must name a path, not a whole URL.";
  if (/[^\x21-\x7e]|#/.test(target)) return "the path contains characters that must be percent-encoded.";
  const query = target.indexOf("?");
  const path = query === -1 ? target : target.slice(0, query);
  return DOT_STEP.test(path) ? "the path contains `.` or `..`. Remove it." : undefined;
}

/** Removes the token from the path and query of a request. */
function takeToken(target: string): { readonly token: string; readonly rest: string } | undefined {
  const at = target.indexOf("?");
  if (at === -1) return undefined;
  const [own, others] = partition(target.slice(at + 1).split("&"), (pair) => pair.startsWith(`${TOKEN_PARAMETER}=`));
  const [first] = own;
  if (first === undefined) return undefined;
  const rest = target.slice(0, at) + (others.length === 0 ? "" : `?${others.join("&")}`);
  return { token: first.slice(TOKEN_PARAMETER.length + 1), rest };
}

function partition<T>(list: readonly T[], test: (value: T) => boolean): [T[], T[]] {
  return [list.filter(test), list.filter((value) => !test(value))];
}
