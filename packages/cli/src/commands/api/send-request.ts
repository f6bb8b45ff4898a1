import { Readable } from "node:stream";
import type { Session } from "@vms/core";
import type { ApiRequest } from "./api-request.ts";
import { recordBeginning } from "./request-input.ts";

/** The result of a call. */
export interface SendResult {
  readonly response: Response;
  /** Whether the session had expired and the body was too long to be sent again. */
  readonly notResent: boolean;
}

/** Sends a call. If the session has expired it is sent once more (guarantee 3), also from a short stream. */
export async function sendRequest(session: Session, request: ApiRequest, signal: AbortSignal): Promise<SendResult> {
  const { method, path, headers, body } = request;
  const init = { method, headers, signal };
  if (body === undefined) return once(session.fetch(path, init));
  if (typeof body === "string") return once(session.fetch(path, { ...init, body }));
  // To follow redirects, Node's `fetch` would keep the whole body in memory.
  const upload: RequestInit = { ...init, redirect: "error" };
  if (body.source instanceof Blob) return once(session.fetch(path, { ...upload, body: body.source }));

  // The session does not resend long streams (guarantee 5). The kept beginning of a short one is resent here.
  let rejected = false;
  session.on("rejected", () => (rejected = true));
  const { stream, whole } = recordBeginning(body.source);
  const response = await session.fetch(path, streamed(upload, stream));
  if (!rejected) return { response, notResent: false };
  const bytes = whole();
  if (bytes === undefined) {
    // Renews the session, because the next run would otherwise be rejected too.
    await session.login({ signal });
    return { response, notResent: true };
  }
  response.body?.cancel().catch(() => {});
  return once(session.fetch(path, streamed(upload, Readable.from([bytes], { objectMode: false }))));
}

function streamed(init: RequestInit, stream: Readable): RequestInit {
  return Object.assign({}, init, { body: Readable.toWeb(stream) as ReadableStream<Uint8Array>, duplex: "half" });
}

async function once(response: Promise<Response>): Promise<SendResult> {
  return { response: await response, notResent: false };
}
