import { Readable } from "node:stream";
import type { Session } from "@vms/core";
import type { ApiRequest } from "./api-request.ts";

/** The result of a call. */
export interface SendResult {
  readonly response: Response;
  /** Whether the session had expired and the body was too long to be sent again. */
  readonly notResent: boolean;
}

/** Sends a call. The session sends it once more if it had expired (guarantee 3). */
export async function sendRequest(session: Session, request: ApiRequest, signal: AbortSignal): Promise<SendResult> {
  const { method, path, headers, body } = request;
  const init = { method, headers, signal };
  if (body === undefined || typeof body === "string") {
    return once(session.fetch(path, body === undefined ? init : { ...init, body }));
  }
  // To follow redirects, Node's `fetch` would keep the whole body in memory.
  const upload: RequestInit = { ...init, redirect: "error" };
  if (body.source instanceof Blob) return once(session.fetch(path, { ...upload, body: body.source }));

  let isRejected = false;
  session.on("rejected", () => (isRejected = true));
  session.on("resent", () => (isRejected = false));
  const stream = Readable.toWeb(body.source) as ReadableStream<Uint8Array>;
  const response = await session.fetch(path, Object.assign(upload, { body: stream, duplex: "half" }));
  // Renews the session, because the next run would otherwise be rejected too.
  if (isRejected) await session.login({ signal });
  return { response, notResent: isRejected };
}

async function once(response: Promise<Response>): Promise<SendResult> {
  return { response: await response, notResent: false };
}
