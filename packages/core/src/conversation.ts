import { orAbort } from "./abort.ts";
import { type Answer, makeAnswer } from "./answer.ts";
import { MAX_ANSWER_BYTES, readBounded } from "./bounded-body.ts";
import { SAFE_HEADERS } from "./call-headers.ts";
import type { Clock } from "./clock.ts";
import type { Attendance } from "./conversations.ts";
import type { Credentials } from "./credentials.ts";
import type { Deadline } from "./deadline.ts";
import { UnexpectedResponse } from "./errors/unexpected-response.ts";
import { VendorUnavailable } from "./errors/vendor-unavailable.ts";
import type { Flow, FlowContext, FlowRequest } from "./flow.ts";
import { clockOffset } from "./lifetime.ts";
import { networkCode } from "./network-error.ts";
import type { Settings } from "./options.ts";
import type { SessionRecord } from "./record.ts";
import { askSecondFactor } from "./second-factor.ts";
import { isAbsolute, joinBelow } from "./target.ts";
import { requireSecure } from "./transport.ts";
import { isUnattended } from "./unattended.ts";

/** One conversation of a flow with its vendor, and what was seen of the vendor's clock in it. */
export interface Conversation<Data, User> {
  readonly context: FlowContext<Data, User>;
  /** When its first request was sent; now, if none was. */
  startedAt(): number;
  /** How far the vendor's clock is ahead of ours in ms, by its last `Date`; 0 where none could be read. */
  offset(): number;
}

/** What a conversation is held with. */
export interface ConversationParts<Data, User> {
  readonly flow: Flow<Data, User>;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly previous: SessionRecord<Data, User> | undefined;
  readonly account: string;
  readonly credentials: () => Promise<Credentials>;
  /** Stands still while somebody is waited for. */
  readonly deadline: Deadline;
  readonly attendance: Attendance;
  /** Throws where the conversation must send nothing more. */
  readonly check: () => void;
}

/** Opens a conversation: nothing is sent until the flow sends. */
export function converse<Data, User>(parts: ConversationParts<Data, User>): Conversation<Data, User> {
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
      text = await orAbort(readBounded(response, MAX_ANSWER_BYTES), signal);
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
    return makeAnswer(flow.vendor, what, response, text, receivedAt + offset, clean);
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

/** Takes secrets out of a text, the longest first, and bounds it. */
export function redact(text: string, secrets: Iterable<string>): string {
  const forms = new Set([...secrets].filter((secret) => secret !== "").flatMap(formsOf));
  const all = [...forms].sort((a, b) => b.length - a.length);
  return all.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text).slice(0, 300);
}

// As a vendor may quote a secret: as it is, in JSON, in a URL, in a form, in HTML.
function formsOf(secret: string): string[] {
  const html = secret.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const named = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  const form = new URLSearchParams({ "": secret }).toString().slice(1);
  const inJson = JSON.stringify(secret).slice(1, -1);
  const inUrl = secret.isWellFormed() ? [encodeURIComponent(secret)] : [];
  return [secret, inJson, form, html, named, ...inUrl];
}

// A vendor may quote in an error what it was sent. All texts of a body count as secret save short ones, such as a flag.
function* textsOf(body: unknown, depth = 0): Iterable<string> {
  if (body instanceof URLSearchParams || body instanceof FormData) {
    for (const value of body.values()) if (typeof value === "string") yield* textsOf(value);
  } else if (typeof body === "string") {
    if (body.length >= 4) yield body;
  } else if (typeof body === "object" && body !== null && depth < 8) {
    for (const value of Object.values(body)) yield* textsOf(value, depth + 1);
  }
}

// The whole header, and what stands behind its scheme (`Basic …`) or a cookie's name.
function* credentialsIn(headers: FlowRequest["headers"] = {}): Iterable<string> {
  for (const [name, value] of Object.entries(headers)) {
    if (SAFE_HEADERS.includes(name.toLowerCase())) continue;
    yield value;
    yield* value.split(/[\s;]+|=(?=[^=])/).filter((part) => part.length >= 8);
  }
}
