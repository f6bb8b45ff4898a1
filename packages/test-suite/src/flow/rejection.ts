import type { Session } from "@vms/core";
import { check } from "../checks.ts";
import { type ContractCall, requestOf, send } from "./contract-call.ts";
import { type Fault, plainHeaders, type Sent } from "./network.ts";
import type { FlowSubject } from "./subject.ts";

/** The server's response to a call of an ended session. It can be reused. */
export interface Rejection {
  readonly status: number;
  readonly text: string;
  readonly answer: () => Response;
}

/** Signs in, ends the session at the server, and makes a call. The first response to the call is the rejection. */
export async function rejectionOf({ signedIn, network, server }: FlowSubject): Promise<Rejection> {
  const session = await signedIn();
  await server.revokeAll();
  network.clear();
  await (await send(session, server.firstCall)).arrayBuffer();
  const answered = await network.sent.find((request) => goesTo(request, server.firstCall, session))?.answer();
  check(answered !== undefined, "a call of a session that the vendor has ended was not sent to the server.");
  await session.logout().catch(() => {});
  const { status, text } = answered;
  const headers = plainHeaders(answered.headers);
  headers.delete("date");
  const challenge = headers.get("www-authenticate");
  if (challenge !== null) headers.set("www-authenticate", stale(challenge));
  return { status, text, answer: () => new Response(text === "" ? null : text, { status, headers }) };
}

/** Returns a digest challenge as for a stale nonce. For a signed call, another challenge means a wrong password. */
function stale(challenge: string): string {
  return /\bstale=/i.test(challenge)
    ? challenge.replace(/\bstale="?\w+"?/gi, "stale=true")
    : challenge.replace(/(^|,\s*)digest\s+/gi, "$&stale=true, ");
}

/** Whether a request is this call of the API. If all calls have one path, only their bodies differ. */
export function goesTo({ url, method, body }: Sent, call: string | ContractCall, session: Session): boolean {
  const { path, init } = requestOf(call);
  const target = new URL(path, session.info?.baseUrl ?? "https://vendor.invalid");
  const { origin, pathname } = new URL(url);
  // Each time a multipart body is sent, it has another boundary.
  const isBody = init.body === undefined || init.body instanceof FormData || body === String(init.body);
  return origin === target.origin && pathname === target.pathname && method === init.method && isBody;
}

/** Limits a fault to the requests to a path. Other requests reach the server. */
export function onlyTo(path: string, fault: Fault): Fault {
  return (request) => (new URL(request.url).pathname.endsWith(`/${path}`) ? fault(request) : undefined);
}
