import type { LiveSession } from "../state/live-session.ts";
import { isAllowed } from "./allowed-origins.ts";
import { type ApiCall, initOf, methodOf } from "./api-call.ts";
import { hasEndSign, rotate, type SentRequest } from "./judge-response.ts";
import { isRedirect, type RedirectableRequest, startRedirects } from "./redirect-rules.ts";
import { withCredential } from "./request-headers.ts";
import { requestToSign, sendSigned } from "./signing/sign-request.ts";

export interface RedirectEnd {
  readonly response: Response;
  /** The URL that returned it. */
  readonly answeredAt: string;
  /** Whether the credential may go to every redirect target. */
  readonly trusted: boolean;
}

/**
 * Follows redirects, except to a login page in `sessionEndedOn`. A redirect may rotate the credential for the next
 * request.
 * @param sentTo the URL that returned `first`.
 * @throws {UnexpectedResponse} `unexpected_response` if a redirect cannot be followed. Errors of `fetch` are passed on.
 */
export async function followRedirects<Data, User>(
  sent: SentRequest<Data, User>,
  call: ApiCall,
  sentTo: string,
  first: Response,
): Promise<RedirectEnd> {
  const { engine, live } = sent;
  const request = {
    url: sentTo,
    method: methodOf(call),
    headers: new Headers(call.headers),
    body: await bodyOf(sent, call),
  };
  const next = startRedirects(engine.flow.vendor, request, live.credential);
  const isLogin = (redirect: Response) =>
    hasEndSign(sent, redirect, () => ({ url: answeredAt, headers: call.headers }));
  let response = first;
  let answeredAt = sentTo;
  let trusted = true;
  do {
    if (trusted) await rotate(sent, response);
    let target: LiveSession<Data, User> | undefined;
    const redirected = next(response, (to) => {
      target = sessionFor(sent, to);
      return target?.credential;
    });
    response.body?.cancel().catch(() => {});
    const { url, method, headers, withBody } = redirected;
    const body = withBody ? call.body : null;
    const transmit = (all: HeadersInit) =>
      engine.settings.fetch(url, { ...initOf(call), method, body, headers: all, redirect: "manual" } as RequestInit);
    response =
      target === undefined || engine.flow.sign === undefined
        ? await transmit(headers)
        : await sendSigned({ flow: engine.flow, ...target }, requestToSign(method, url, body), (signed) =>
            transmit(withCredential(headers, signed)),
          );
    answeredAt = url;
    trusted = redirected.trusted;
  } while (isRedirect(response) && !(trusted && isLogin(response)));
  return { response, answeredAt, trusted };
}

// Guarantee 12: an extended session may have another origin than the call's session.
function sessionFor<Data, User>(
  { engine, live }: SentRequest<Data, User>,
  target: URL,
): LiveSession<Data, User> | undefined {
  const now = engine.peek();
  const latest = now?.lineage === live.lineage ? now : live;
  return [latest, live].find(({ credential }) => isAllowed(engine, target, credential));
}

async function bodyOf<Data, User>(
  { engine }: SentRequest<Data, User>,
  call: ApiCall,
): Promise<RedirectableRequest["body"]> {
  if (call.copy === undefined) return call.body == null ? "none" : "kept";
  const whole = await call.copy.whole(engine.clock);
  if (whole === undefined) return "gone";
  call.body = whole;
  return "kept";
}
