import { type ApiCall, initOf } from "./api-call.ts";
import { isStream } from "./body-copy.ts";

/**
 * Makes the runtime reject invalid `fetch` arguments before a login, without seeing the credential.
 * @throws {TypeError} the runtime's error.
 */
export function checkArguments(call: ApiCall, base: string): void {
  const { request, body } = call;
  new URL(call.url, base);
  if (body == null && (request?.bodyUsed || request?.body?.locked)) new Request(request);
  // The body must not be consumed, and a custom `fetch` may take signals that `Request` does not.
  const { signal, body: own, ...options } = initOf(call);
  if (signal != null && typeof signal.throwIfAborted !== "function") new Request(base, { signal });
  if (body == null && request?.body == null) new Request(base, options);
  else new Request(base, { ...options, body: isStream(body) ? new ReadableStream() : "" });
}
