import type { Dispatcher } from "undici";

/** The methods whose requests have the same effect if they are sent twice (RFC 9110, 9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/** The options of a request that the proxy dispatches. */
export interface ForwardedRequest extends Dispatcher.DispatchOptions {
  /** Ends the wait for a login. Read by the session. */
  readonly signal?: AbortSignal;
  /** Returns the body if all of it was read and kept. */
  readonly wholeBody?: () => Buffer | undefined;
}

/** Whether a request may be sent twice. */
export function isIdempotent(method: string): boolean {
  return IDEMPOTENT.has(method);
}

/**
 * An interceptor for undici. It sends a request once more if the vendor closed the connection before it responded, for
 * example because the connection had been idle for too long. Only idempotent requests are sent again, because the vendor
 * may have processed the first one. undici itself keeps requests that it has not written yet.
 */
export function resendAfterReset(dispatch: Dispatcher["dispatch"]): Dispatcher["dispatch"] {
  return (options, handler) => {
    if (!isIdempotent(options.method)) return dispatch(options, handler);
    let isAnswered = false;
    return dispatch(options, {
      onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
      onRequestUpgrade: (controller, status, headers, socket) =>
        handler.onRequestUpgrade?.(controller, status, headers, socket),
      onResponseStart(controller, status, headers, message) {
        isAnswered = true;
        handler.onResponseStart?.(controller, status, headers, message);
      },
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => handler.onResponseEnd?.(controller, trailers),
      onResponseError(controller, error) {
        const again = isAnswered || !isReset(error) ? undefined : optionsAgain(options);
        if (again === undefined) return handler.onResponseError?.(controller, error);
        try {
          dispatch(again, handler);
        } catch (failure) {
          handler.onResponseError?.(controller, failure as Error);
        }
      },
    });
  };
}

function isReset(error: Error): boolean {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "UND_ERR_SOCKET") return /^(other side )?closed$/.test(error.message);
  return code === "ECONNRESET" || code === "EPIPE";
}

/** `undefined` if the body is not available. */
function optionsAgain(options: ForwardedRequest): ForwardedRequest | undefined {
  const body = hasNoBody(options) ? null : options.wholeBody?.();
  if (body === undefined) return undefined;
  // Agents keep connections by the text of the origin, and close these after the response. So this connection is new. An
  // empty user name changes the text, and nothing else.
  return { ...options, body, origin: String(options.origin).replace("://", "://@"), reset: true };
}

function hasNoBody({ body }: Dispatcher.DispatchOptions): boolean {
  return body === undefined || body === null;
}
