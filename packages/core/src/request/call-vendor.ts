import { clockOffset } from "../contract/expiry.ts";
import type { FlowResponse } from "../contract/flow/flow-response.ts";
import type { Session } from "../contract/session.ts";
import { isVmsError } from "../errors/is-vms-error.ts";
import { SessionClosed } from "../errors/session-closed.ts";
import { UnexpectedResponse } from "../errors/unexpected-response.ts";
import { readAnswer } from "../net/fetch-answer.ts";
import { isNetworkError } from "../net/network-error.ts";
import { programFault } from "../net/program-fault.ts";
import { MAX_RESPONSE_BYTES } from "../net/read-body.ts";
import type { Engine } from "../state/engine.ts";
import { engineOf } from "../state/engine-access.ts";
import { type PreparedCredential, secretsOf } from "../state/prepared-credential.ts";
import { anySignal } from "../util/any-signal.ts";
import { startDeadline } from "../util/deadline.ts";
import { momentOf, timeOf } from "../util/moment.ts";
import { orAbort } from "../util/wait.ts";
import { noResponse, timedOut } from "./no-response.ts";
import { prepareUrl } from "./prepare-url.ts";
import { readResponse } from "./read-response.ts";
import { withCredential } from "./request-headers.ts";
import { sanitizeResponse } from "./sanitize-response.ts";
import { requestToSign, sendSigned } from "./signing/sign-request.ts";

/** A call of a vendor package's own method. */
export interface VendorCall {
  /** The HTTP method. Default: `"GET"`. */
  readonly method?: string;
  /** Headers by name. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A value to send as `application/json`. Default: none. */
  readonly json?: unknown;
  /** A body to send unchanged: `URLSearchParams` as a form, `FormData` as multipart, or a string. Default: none. */
  readonly body?: URLSearchParams | FormData | string;
  /** Aborts the call with the signal's reason. Default: none. */
  readonly signal?: AbortSignal | undefined;
  /** Whether the call may cause a login. If not, a rejection is returned like any other response. Default: `true`. */
  readonly login?: boolean;
}

/**
 * Sends a call for a method that a vendor package adds to its session. The guarantees of `session.fetch` apply.
 *
 * The call takes at most the session's `timeout`, not counting a login. The response is read whole, up to 1 MiB
 * (1,048,576 bytes). With `login: false` the call is sent once with the live session: redirects are not followed, and a
 * rejection does not end the session.
 * @param path a path below the session's base URL.
 * @param call the request. Default: a GET that may sign in.
 * @throws {VmsError} `invalid_credentials`, `account_unavailable`, `invalid_request`, `second_factor_required`,
 * `second_factor_rejected`, `rate_limited`, `vendor_unavailable` or `unexpected_response` if the login fails.
 * @throws {InvalidOptions} `invalid_options` if `credentials` or `secondFactor` returns an invalid value, or the path
 * is a URL with a user name or password.
 * @throws {OriginNotAllowed} `origin_not_allowed` if the path is a URL whose origin may not receive the credential.
 * @throws {InsecureTransport} `insecure_transport` if the path is an `http://` URL to a host that is not loopback,
 * unless `allowInsecureHttp` is set.
 * @throws {VendorUnavailable} `vendor_unavailable` if the vendor cannot be reached or does not respond in time.
 * @throws {UnexpectedResponse} `unexpected_response` if the response is too large, or a redirect cannot be followed.
 * @throws {SessionClosed} `session_closed` after `logout()` or `close()`, or if `login` is `false` and there is no live
 * session.
 * @throws {TypeError} `TypeError` if `session` is not a session of this package.
 * @example
 * const response = await callVendor(session, "api/v1/me");
 * if (!response.ok) throw response.toError();
 * return response.json(userSchema);
 */
export async function callVendor(
  session: Session<unknown>,
  path: string,
  call: VendorCall = {},
): Promise<FlowResponse> {
  const engine = engineOf(session);
  const { clock, settings } = engine;
  const { vendor } = engine.flow;
  const { method = "GET", signal, json, login = true } = call;
  const what = `${method} ${path.split("?")[0]}`;
  signal?.throwIfAborted();
  const deadline = startDeadline(clock, settings.timeout, () => {
    return timedOut(vendor, what, settings.timeout);
  });
  const either = signal === undefined ? deadline.signal : anySignal([signal, deadline.signal]);
  // A login has its own time limit and may wait for a person, so the deadline is paused meanwhile.
  let failedLogin: { readonly error: unknown } | undefined;
  const waitForLogin = async () => {
    try {
      await deadline.pause(() => engine.ready(either));
    } catch (error) {
      failedLogin = { error };
    }
  };
  const stopListening = engine.on("rejected", () => void waitForLogin());
  if (login && engine.peek() === undefined) void waitForLogin();
  const sentAt = momentOf(clock);
  try {
    const init = {
      method,
      headers: { ...(json === undefined ? {} : { "content-type": "application/json" }), ...call.headers },
      body: json === undefined ? (call.body ?? null) : JSON.stringify(json),
      signal: either,
    };
    const once = () => sendOnce(engine, path, init);
    const response = await (login
      ? session.fetch(path, init)
      : engine.flow.exclusive
        ? engine.inTurn(either, once)
        : once());
    const answer = await orAbort(readAnswer(vendor, response), either);
    if (answer.unfit !== undefined) throw answer.unfit;
    const { status, headers, text } = answer;
    if (text === undefined) {
      const large = `the response to ${what} is larger than ${MAX_RESPONSE_BYTES} bytes.`;
      throw new UnexpectedResponse(vendor, large, { status });
    }
    const now = clock.now();
    const vendorNow = now + clockOffset(headers.get("date"), timeOf(sentAt, clock), now);
    return readResponse(vendor, what, answer, text, { vendorNow, unreadable: settings.retry.maxDelay });
  } catch (error) {
    either.throwIfAborted();
    // The login's error wins, even if a user's function threw it.
    if (error === failedLogin?.error || isVmsError(error) || !isNetworkError(error)) throw error;
    throw noResponse(vendor, what, error);
  } finally {
    stopListening();
    deadline.cancel();
  }
}

async function sendOnce(engine: Engine, path: string, init: RequestInit & { method: string }): Promise<Response> {
  const { flow } = engine;
  const live = engine.peek();
  if (live === undefined) {
    throw new SessionClosed(flow.vendor, "there is no live session, and this call may not sign in.");
  }
  const { record, credential } = live;
  const url = prepareUrl(engine, path, credential, undefined);
  const transmit = (signed: PreparedCredential) =>
    engine.settings.fetch(url, { ...init, headers: withCredential(init.headers, signed), redirect: "manual" });
  try {
    const response = await (flow.sign === undefined
      ? transmit(credential)
      : sendSigned({ flow, record, credential }, requestToSign(init.method, url, init.body), transmit));
    return sanitizeResponse(response, credential);
  } catch (error) {
    throw isNetworkError(error) ? error : programFault(error, secretsOf(credential));
  }
}
