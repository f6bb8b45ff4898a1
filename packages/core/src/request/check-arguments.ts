import { type ApiCall, initOf } from "./api-call.ts";
import { isStream } from "./body-copy.ts";

/**
 * Lets the runtime explain arguments that `fetch` refuses, before a login is made for them and without the credential.
 * @param base the base URL of the flow.
 * @throws {TypeError} the runtime's error.
 */
export function checkArguments(call: ApiCall, base: string): void {
  const { request, body } = call;
  new URL(call.url, base);
  if (body == null && (request?.bodyUsed || request?.body?.locked)) new Request(request);
  // The body itself must not be used up. A custom `fetch` may take signals that `Request` does not.
  const { signal, body: own, ...options } = initOf(call);
  if (signal != null && typeof signal.throwIfAborted !== "function") new Request(base, { signal });
  if (body == null && request?.body == null) new Request(base, options);
  else new Request(base, { ...options, body: isStream(body) ? new ReadableStream() : "" });
}
