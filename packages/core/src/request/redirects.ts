import { UnexpectedResponse } from "../errors/unexpected-response.ts";
import { withoutSearchParams, withSearchParams } from "../net/search-params.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";
import { type ApiCall, headersOf, initOf, methodOf } from "./api-call.ts";
import { withCredential, withoutCredential } from "./request-headers.ts";

/** How many redirects of one call are followed, as in the Fetch standard. */
export const MAX_REDIRECTS = 20;

/** Where a chain of redirects ended. */
export interface RedirectEnd {
  readonly response: Response;
  /** Whether every step stayed where the credential may go. */
  readonly trusted: boolean;
}

/** Whether a response sends its caller elsewhere. */
export function isRedirect(response: Response): boolean {
  const { status } = response;
  // Most answers, at once: each property of a response costs.
  if (status >= 200 && status < 300) return false;
  return (
    (status >= 301 && status <= 308 && (status <= 303 || status >= 307) && response.headers.has("location")) ||
    response.type === "opaqueredirect"
  );
}

/**
 * Follows redirects by the method rules of the Fetch standard. The credential goes along at home and to allowed
 * origins. A chain that has left home goes on without credential, cookies and all headers but the safe ones,
 * also where it comes back: who is abroad chose that address.
 * @param passed told of each redirect at home, which may carry a new credential; gives the credential to go on with.
 * @throws {UnexpectedResponse} on a loop, after 20 redirects, and where a body cannot be sent again.
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
export async function followRedirects(
  vendor: string,
  call: ApiCall,
  first: { readonly url: string; readonly response: Response },
  passed: (response: Response) => PreparedCredential,
  isAllowed: (target: URL) => boolean,
  send: typeof globalThis.fetch,
): Promise<RedirectEnd> {
  const failed = (what: string) =>
    new UnexpectedResponse(vendor, `a call was redirected ${what}.`, { status: response.status });
  let { url, response } = first;
  let credential = passed(response);
  const secret = credential.secretNames;
  const userAgent = credential.allHeaders["user-agent"] ?? "";
  const seen = new Set<string>();
  let method = methodOf(call);
  let given = new Headers(headersOf(call));
  let withBody = call.body != null || call.request?.body != null;
  let trusted = true;

  for (let count = 0; isRedirect(response); count++) {
    if (response.type === "opaqueredirect")
      throw failed("to where this runtime does not say: call that address itself");
    if (count === MAX_REDIRECTS) throw failed(`more than ${MAX_REDIRECTS} times`);
    response.body?.cancel().catch(() => {});
    const location = response.headers.get("location") ?? "";
    const next = URL.canParse(location, url) ? new URL(location, url) : undefined;
    if (next === undefined || !/^https?:$/.test(next.protocol)) throw failed("to what is not a web address");
    if (next.username !== "" || next.password !== "") throw failed("to a URL with a user name in it");

    const { status } = response;
    const toGet = status === 303 ? method !== "GET" && method !== "HEAD" : status <= 302 && method === "POST";
    if (toGet) {
      method = "GET";
      withBody = false;
      given = new Headers([...given].filter(([name]) => !name.startsWith("content-")));
    } else if (withBody && !call.replayable) {
      throw failed("after its body, a stream, had been sent: send it to that address itself");
    }

    trusted &&= isAllowed(next);
    if (!next.hash && url.includes("#")) next.hash = url.slice(url.indexOf("#"));
    const shown = withoutSearchParams(next.href, secret);
    url = trusted && credential.query !== "" ? withSearchParams(shown, credential.query, secret) : shown;
    if (seen.has(`${method} ${url}`)) throw failed("in a circle");
    seen.add(`${method} ${url}`);
    if (withBody && call.body instanceof FormData) given.delete("content-type");
    response = await send(url, {
      ...initOf(call),
      method,
      body: withBody ? call.body : null,
      headers: trusted ? withCredential(given, credential) : withoutCredential(given, userAgent),
      redirect: "manual",
    } as RequestInit);
    if (trusted && isRedirect(response)) credential = passed(response);
  }
  return { response, trusted };
}
