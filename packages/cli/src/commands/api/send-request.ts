import { Readable } from "node:stream";
import type { Session } from "@vms/core";
import type { ApiRequest } from "./api-request.ts";
import { recordBeginning } from "./request-input.ts";

/** What came of a call. */
export interface SendResult {
  readonly response: Response;
  /** Whether the session had ended, and the body was too long a stream to be sent again under the new one. */
  readonly unrepeated: boolean;
}

/** Sends a call. It is sent once more where the session turns out to have ended (law 3), also from a short stream. */
export async function sendRequest(session: Session, request: ApiRequest, signal: AbortSignal): Promise<SendResult> {
  const { method, path, headers, body } = request;
  // No headers rather than none in an object: to look at those, the session loads the whole of `fetch`.
  const init = { method, signal, ...(Object.keys(headers).length === 0 ? {} : { headers }) };
  if (body === undefined) return once(session.fetch(path, init));
  if (typeof body === "string") return once(session.fetch(path, { ...init, body }));
  if (body.source instanceof Blob) return once(session.fetch(path, { ...init, body: body.source }));

  // Law 5: the session does not send a stream again. Here it can be, as long as it is short.
  let rejected = false;
  session.on("rejected", () => (rejected = true));
  const { stream, whole } = recordBeginning(body.source);
  const stop = () => stream.destroy();
  const response = await session.fetch(path, streamed(init, stream));
  if (!rejected) return { response, unrepeated: false };
  const bytes = whole();
  stop();
  if (bytes === undefined) {
    // Else the next run would meet the same session.
    await session.login({ signal });
    return { response, unrepeated: true };
  }
  response.body?.cancel().catch(() => {});
  return once(session.fetch(path, streamed(init, Readable.from([bytes], { objectMode: false }))));
}

function streamed(init: RequestInit, stream: Readable): RequestInit {
  return Object.assign({}, init, { body: Readable.toWeb(stream) as ReadableStream<Uint8Array>, duplex: "half" });
}

async function once(response: Promise<Response>): Promise<SendResult> {
  return { response: await response, unrepeated: false };
}
