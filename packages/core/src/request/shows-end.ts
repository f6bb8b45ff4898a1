import type { SessionEndSigns } from "../contract/options.ts";
import type { PreparedCredential } from "../state/prepared-credential.ts";
import { isRedirect, targetOf } from "./redirect-rules.ts";
import { withCredential } from "./request-headers.ts";

export interface AnsweredRequest {
  readonly url: string;
  /** The caller's own headers. */
  readonly headers: HeadersInit | undefined;
}

/** Whether a response has one of the signs in `sessionEndedOn`. */
export function showsEnd(
  { status, redirectTo, html }: Required<SessionEndSigns>,
  response: Response,
  request: AnsweredRequest,
  credential: PreparedCredential,
): boolean {
  if (status.includes(response.status)) return true;
  if (isRedirect(response)) return redirectTo.some((page) => leadsTo(page, response, request.url));
  return html && response.ok && isHtml(response) && !asksForHtml(withCredential(request.headers, credential));
}

function leadsTo(page: string, response: Response, from: string): boolean {
  const target = targetOf(response, from);
  const login = target && URL.parse(page, target);
  if (!login || login.origin !== target.origin) return false;
  const path = login.pathname.replace(/\/$/, "");
  return target.pathname === path || target.pathname.startsWith(`${path}/`);
}

function isHtml({ headers }: Response): boolean {
  return /^\s*(text\/html|application\/xhtml\+xml)\s*(;|$)/i.test(headers.get("content-type") ?? "");
}

function asksForHtml(headers: HeadersInit): boolean {
  return /text\/(html|\*)|application\/xhtml\+xml/i.test(new Headers(headers).get("accept") ?? "");
}
