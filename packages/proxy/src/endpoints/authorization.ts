import type { IncomingMessage, ServerResponse } from "node:http";
import { type CallerToken, hasToken } from "../access/caller-token.ts";
import { type ProxyResponse, sendBody } from "../responses/proxy-response.ts";
import type { ServedSession } from "../served-session.ts";

/**
 * Checks a request for the credential. Returns a response if the request is refused. Browsers are refused, because a page
 * of the vendor that is served by the proxy could read the credential.
 */
export function refuseAuthorization(
  { method, headers }: IncomingMessage,
  token: CallerToken | undefined,
): ProxyResponse | undefined {
  if (method !== "GET") {
    return {
      status: 405,
      code: "method_not_allowed",
      text: "the credential can be read only with GET.",
      headers: { allow: "GET" },
    };
  }
  // Not Sec-Fetch-Mode: Node's fetch sends it too.
  const isBrowser = ["origin", "sec-fetch-site", "sec-fetch-dest", "sec-fetch-user"].some((name) => name in headers);
  if (!isBrowser && token !== undefined && hasToken(headers, token)) return undefined;
  const text = "the credential is not given to browsers. Send the token in the header `Authorization: Bearer …`.";
  return { status: 403, code: "no_browsers", text };
}

/** Sends a session's credential as JSON. Signs in if necessary. */
export async function sendAuthorization(
  request: IncomingMessage,
  response: ServerResponse,
  { session, upstream }: ServedSession,
  signal: AbortSignal,
): Promise<void> {
  await upstream.find(signal);
  const { headers, searchParams } = await session.authorization({ signal });
  const { baseUrl: url, expiresAt } = session.info ?? (await session.login({ signal }));
  if (response.destroyed) return;
  const expires = expiresAt === undefined ? {} : { expiresAt: isoTime(expiresAt) };
  const body = { url, headers, searchParams, ...expires };
  sendBody(request, response, 200, `${JSON.stringify(body)}\n`, { "content-type": "application/json" });
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
