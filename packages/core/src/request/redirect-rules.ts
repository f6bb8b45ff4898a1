import { UnexpectedResponse } from "../errors/unexpected-response.ts";
import { withoutSearchParams } from "../net/search-params.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";
import { withQueryCredential } from "./prepare-url.ts";
import { withCredential } from "./request-headers.ts";
import { withoutCredential } from "./safe-headers.ts";

/** As in the Fetch standard. */
const MAX_REDIRECTS = 20;

export interface RedirectableRequest {
  readonly url: string;
  readonly method: string;
  /** The caller's own headers. */
  readonly headers: Headers;
  /** Whether the body can be sent again. `gone`: it was a stream larger than `replayLimit`. */
  readonly body: "none" | "kept" | "gone";
}

export interface RedirectedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: HeadersInit;
  readonly withBody: boolean;
  /** Whether the credential may go to every redirect target so far. */
  readonly trusted: boolean;
}

type RedirectResponse = Pick<Response, "status" | "headers" | "type">;

export function isRedirect(response: RedirectResponse): boolean {
  const { status } = response;
  // Reading a property of a response is slow, and the status decides most.
  if (status >= 200 && status < 300) return false;
  return (
    (status >= 301 && status <= 308 && (status <= 303 || status >= 307) && response.headers.has("location")) ||
    response.type === "opaqueredirect"
  );
}

/** @param from the URL that returned the redirect. */
export function targetOf(response: RedirectResponse, from: string): URL | null {
  return URL.parse(decodeUtf8(response.headers.get("location") ?? ""), from);
}

/**
 * Starts a redirect chain with the method rules of the Fetch standard. The credential goes along to allowed origins.
 * Once the chain leaves them, it continues with the safe headers only, even if it returns: the foreign origin chose
 * that address.
 * @param first the credential of the redirected request.
 * @returns a function that returns the chain's next request. `credentialFor` returns the credential that may go to a
 * URL, if any. It throws `UnexpectedResponse` (`unexpected_response`) after 20 redirects, or if a body cannot be
 * resent.
 * @see https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
export function startRedirects(vendor: string, request: RedirectableRequest, first: PreparedCredential) {
  const userAgent = first.allHeaders["user-agent"] ?? "";
  const secret = first.secretNames;
  let { url, method, headers, body } = request;
  let trusted = true;
  let count = 0;

  return (
    response: RedirectResponse,
    credentialFor: (target: URL) => PreparedCredential | undefined,
  ): RedirectedRequest => {
    const { status } = response;
    const failed = (what: string) =>
      new UnexpectedResponse(vendor, `a call was redirected ${what}.`, { status: response.status });
    if (response.type === "opaqueredirect")
      throw failed("to an address that this runtime does not reveal. Call that address directly");
    if (count++ === MAX_REDIRECTS) throw failed(`more than ${MAX_REDIRECTS} times`);
    const next = targetOf(response, url);
    if (next === null || !/^https?:$/.test(next.protocol)) throw failed("to something that is not an HTTP URL");
    if (next.username !== "" || next.password !== "") throw failed("to a URL with a user name or password");

    const toGet = status === 303 ? method !== "GET" && method !== "HEAD" : status <= 302 && method === "POST";
    if (toGet) {
      method = "GET";
      body = "none";
      headers = new Headers([...headers].filter(([name]) => !name.startsWith("content-")));
    } else if (body === "gone") {
      throw failed(
        "after its body had been sent, which is longer than `replayLimit`. Send it to that address, or raise the limit",
      );
    }

    const credential = trusted ? credentialFor(next) : undefined;
    trusted = credential !== undefined;
    if (!next.hash && url.includes("#")) next.hash = url.slice(url.indexOf("#"));
    url = withoutSearchParams(next.href, secret);
    if (credential !== undefined) url = withQueryCredential(url, credential);
    return {
      url,
      method,
      headers: credential === undefined ? withoutCredential(headers, userAgent) : withCredential(headers, credential),
      withBody: body !== "none",
      trusted,
    };
  };
}

// Header bytes arrive as characters. In a `Location` they are UTF-8, as in the Fetch standard.
function decodeUtf8(location: string): string {
  if (!/[^\0-\x7f]/.test(location) || /[^\0-\xff]/.test(location)) return location;
  return new TextDecoder().decode(Uint8Array.from(location, (char) => char.charCodeAt(0)));
}
