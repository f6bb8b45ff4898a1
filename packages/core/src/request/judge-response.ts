import type { CountedCall } from "../state/calls-in-flight.ts";
import type { Engine } from "../state/engine.ts";
import type { LiveSession } from "../state/live-session.ts";
import { publishResend } from "../util/diagnostics.ts";
import { isPromise } from "../util/is-promise.ts";
import { type AnsweredRequest, showsEnd } from "./shows-end.ts";

export interface SentRequest<Data, User> extends CountedCall {
  readonly engine: Engine<Data, User>;
  readonly live: LiveSession<Data, User>;
  readonly rejections: number;
  /** `undefined`: not known yet (guarantee 5). */
  replayable: boolean | undefined;
}

/**
 * `accept`: the caller gets the response. `return`: the caller gets the rejection. `resend`: the request is sent again with
 * the next session.
 */
export type Verdict = "accept" | "resend" | "return";

/** Whether a session needs more of a response than its status. */
export function looksAtResponses<Data, User>({ flow, settings }: Engine<Data, User>): boolean {
  return flow.isRejected !== undefined || flow.rotate !== undefined || settings.sessionEndedOn !== undefined;
}

/** @param request is called only if `sessionEndedOn` is set. */
export function hasEndSign<Data, User>(
  { engine, live }: Pick<SentRequest<Data, User>, "engine" | "live">,
  response: Response,
  request: () => AnsweredRequest,
): boolean {
  const { sessionEndedOn } = engine.settings;
  return sessionEndedOn !== undefined && showsEnd(sessionEndedOn, response, request(), live.credential);
}

/**
 * @param response may be `undefined` unless `looksAtResponses`.
 * @param request is called only if `sessionEndedOn` is set.
 */
export function isRejection<Data, User>(
  sent: Pick<SentRequest<Data, User>, "engine" | "live">,
  status: number,
  response: Response | undefined,
  request: () => AnsweredRequest,
): boolean | Promise<boolean> {
  const { flow, settings } = sent.engine;
  // Most sessions do not set it.
  if (settings.sessionEndedOn !== undefined && response !== undefined && hasEndSign(sent, response, request))
    return true;
  return flow.isRejected === undefined || response === undefined ? status === 401 : flow.isRejected(response);
}

/** @param call returns the method and path; called only for a rejected or resent call. */
export function judgeResponse<Data, User>(
  sent: SentRequest<Data, User>,
  rejected: boolean,
  status: number,
  call: () => string,
): Verdict {
  const { engine, live, rejections } = sent;
  if (!rejected) {
    engine.accepted(live, rejections > 0 ? call() : undefined);
    return "accept";
  }
  // Guarantee 3: a request is resent once after a login. The caller gets the second rejection.
  const operation = call();
  if (!engine.rejected(live, status, operation, rejections) || sent.replayable === false) return "return";
  const [method = "", path = ""] = operation.split(" ");
  engine.emit({ type: "resent", method, path, status });
  const { vendor, baseUrl } = engine.flow;
  publishResend(() => ({ vendor, origin: baseUrl.origin, method, path, status }));
  return "resend";
}

export function operationOf(method: string, url: string): string {
  return `${method} ${new URL(url).pathname}`;
}

/** @returns a promise if the flow returns one. */
export function rotate<Data, User>(
  { engine, live }: SentRequest<Data, User>,
  response: Response,
): Promise<void> | undefined {
  const data = engine.flow.rotate?.(response, live.record);
  if (data === undefined) return undefined;
  if (!isPromise(data)) {
    engine.rotated(live, data, response);
    return undefined;
  }
  return data.then((read) => {
    if (read !== undefined) engine.rotated(live, read, response);
  });
}
