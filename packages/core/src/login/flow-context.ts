import type { Answer } from "../contract/answer.ts";
import type { Credentials } from "../contract/credentials.ts";
import { clockOffset } from "../contract/expiry.ts";
import type { Flow, FlowContext, FlowRequest } from "../contract/flow.ts";
import { isUnattended } from "../contract/non-interactive.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { UnexpectedResponse } from "../errors/unexpected-response.ts";
import { VendorUnavailable } from "../errors/vendor-unavailable.ts";
import { isAbsolute, joinBelow } from "../net/base-url.ts";
import { networkCode } from "../net/network-error.ts";
import { MAX_ANSWER_BYTES, readBody } from "../net/read-body.ts";
import { requireSecure } from "../net/secure-transport.ts";
import type { Clock } from "../util/clock.ts";
import { orAbort } from "../util/wait.ts";
import { askSecondFactor } from "./ask-second-factor.ts";
import type { HumanAccess } from "./attempt.ts";
import type { Deadline } from "./deadline.ts";
import { readAnswer } from "./read-answer.ts";
import { credentialsIn, redact, textsOf } from "./redact.ts";

/** One conversation of a flow with its vendor, and what was seen of the vendor's clock in it. */
export interface FlowRunContext<Data, User> {
  readonly context: FlowContext<Data, User>;
  /** When its first request was sent; now, if none was. */
  startedAt(): number;
  /** How far the vendor's clock is ahead of ours in ms, by its last `Date`; 0 where none could be read. */
  offset(): number;
}

/** What a conversation is held with. */
export interface FlowContextParts<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly previous: SessionRecord<Data, User> | undefined;
  readonly account: string;
  readonly credentials: () => Promise<Credentials>;
  /** Stands still while somebody is waited for. */
  readonly deadline: Deadline;
  readonly attendance: HumanAccess;
  /** Throws where the conversation must send nothing more. */
  readonly check: () => void;
}

/** Opens a conversation: nothing is sent until the flow sends. */
export function createFlowContext<Data, User>(parts: FlowContextParts<Data, User>): FlowRunContext<Data, User> {
  const { flow, settings, clock, signal, deadline, attendance } = parts;
  const secrets = new Set<string>(textsOf(parts.previous?.data));
  const clean = (text: string) => redact(text, secrets);
  let startedAt: number | undefined;
  let offset = 0;

  async function credentials(): Promise<Credentials> {
    const pair = await orAbort(parts.credentials(), signal);
    secrets.add(pair.password);
    return pair;
  }

  async function send(path: string | URL, request: FlowRequest = {}): Promise<Answer> {
    signal.throwIfAborted();
    parts.check();
    const url = new URL(typeof path === "string" && !isAbsolute(path) ? joinBelow(flow.baseUrl.href, path) : path);
    requireSecure(flow.vendor, url, settings.allowInsecureHttp);
    const { method = "POST", json, headers } = request;
    const what = `${method} ${url.origin}${url.pathname}`;
    for (const secret of textsOf(json ?? request.body)) secrets.add(secret);
    for (const secret of [...credentialsIn(headers), ...url.searchParams.values()]) secrets.add(secret);

    const sentAt = clock.now();
    startedAt ??= sentAt;
    let response: Response;
    let text: string | undefined;
    try {
      const sent = settings.fetch(url, {
        method,
        redirect: "manual",
        signal,
        headers: {
          accept: "application/json",
          "user-agent": settings.userAgent,
          ...(json === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        body: json === undefined ? (request.body ?? null) : JSON.stringify(json),
      });
      response = await orAbort(sent, signal);
      text = await orAbort(readBody(response, MAX_ANSWER_BYTES), signal);
    } catch (error) {
      signal.throwIfAborted();
      const code = networkCode(error);
      throw new VendorUnavailable(
        flow.vendor,
        `${what} got no answer${code === undefined ? "" : ` (${code})`}. Check the base URL, the network and the vendor's status.`,
      );
    }
    const receivedAt = clock.now();
    const date = response.headers.get("date");
    if (date !== null) offset = clockOffset(date, sentAt, receivedAt);
    if (text === undefined) {
      throw new UnexpectedResponse(
        flow.vendor,
        `the answer to ${what} (status ${response.status}) is larger than ${MAX_ANSWER_BYTES} bytes.`,
        { status: response.status },
      );
    }
    return readAnswer(flow.vendor, what, response, text, receivedAt + offset, clean);
  }

  async function ask<A>(
    answerer: object,
    refusal: () => Error,
    run: (signal: AbortSignal) => A | Promise<A>,
  ): Promise<A> {
    signal.throwIfAborted();
    parts.check();
    const spared = () => {
      const error = refusal();
      attendance.spared(error);
      return error;
    };
    const human = !isUnattended(answerer);
    if (human && !attendance.mayAsk()) throw spared();
    const left = human ? attendance.left() : undefined;
    const either = AbortSignal.any([signal, attendance.signal, ...(left === undefined ? [] : [left])]);
    const answer = await deadline
      .pause(() => orAbort((async () => run(either))(), either))
      .catch((error: unknown) => {
        // Whoever had come to wait for a renewal in the background has left: nobody is asked for its sake alone.
        throw left?.aborted && !signal.aborted && !attendance.signal.aborted ? spared() : error;
      });
    // The session begins after it: an answer may take longer than an idle session lives.
    startedAt = undefined;
    return answer;
  }

  return {
    context: {
      account: parts.account,
      credentials,
      send,
      ask,
      async secondFactor(step) {
        const { account } = parts;
        const { count } = attendance;
        const answerer = settings.secondFactor;
        const bounded = <T>(run: () => Promise<T>) => deadline.resume(run);
        return askSecondFactor({ vendor: flow.vendor, account, answerer, count, ask, bounded }, step);
      },
      signal,
      previous: parts.previous,
      now: () => clock.now(),
      redact: clean,
    },
    startedAt: () => startedAt ?? clock.now(),
    offset: () => offset,
  };
}
