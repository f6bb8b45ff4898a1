import type { Engine } from "../engine.ts";
import type { Flow } from "../flow.ts";
import type { Live } from "../live.ts";
import { pairsOf, type RawHandler } from "./legacy-face.ts";

/** How much of a JSON answer is held back, in bytes, where a vendor says inside it that the session is gone. */
const JUDGED_BYTES = 16_384;

/** What a gate stands between. */
export interface GateParts {
  readonly flow: Flow<unknown, unknown>;
  readonly engine: Engine<unknown, unknown>;
  readonly live: Live<unknown, unknown>;
  readonly face: RawHandler;
  /** Sends the request once more; absent where its body cannot be. */
  readonly again: (() => void) | undefined;
  /** Whether it was sent once more already: then its refusal is the caller's (law 3). */
  readonly resent: boolean;
}

/**
 * Stands between undici and who asked: looks at the status, and lets an answer pass unless it refuses the session and
 * the request can be sent again. Then nothing of it passes, and the next answer comes in its place.
 */
export function gate(parts: GateParts): RawHandler {
  const { flow, engine, live, face, again, resent } = parts;
  let swallowing = false;
  let swallowed = 0;
  let abortThis: (error?: Error) => void = () => {};
  let held: ReturnType<typeof hold> | undefined;

  /** @returns whether the answer passes. */
  function judge(rejected: boolean, status: number, headers: Buffer[]): boolean {
    if (!rejected) {
      const response = flow.rotate === undefined ? undefined : responseOf(status, headers);
      const data = response && flow.rotate?.(response, live.record);
      if (response !== undefined && data !== undefined) engine.rotated(live, data, response);
      return true;
    }
    if (resent) return true;
    engine.rejected(live, status);
    if (again === undefined) return true;
    swallowing = true;
    again();
    return false;
  }

  return {
    onConnect(abort, ...rest: unknown[]) {
      abortThis = abort;
      (face.onConnect as (...all: unknown[]) => void)(abort, ...rest);
    },
    onHeaders(status, headers, resume, statusText) {
      if (status < 200) return face.onHeaders(status, headers, resume, statusText);
      if (flow.isRejected === undefined) {
        const passes = judge(status === 401, status, headers);
        return passes ? face.onHeaders(status, shown(headers), resume, statusText) : true;
      }
      held = hold(flow, status, headers, (rejected) => {
        const passed = held;
        held = undefined;
        if (!judge(rejected, status, headers) || passed === undefined) return;
        face.onHeaders(status, shown(headers), resume, statusText);
        for (const chunk of passed.chunks) face.onData(chunk);
        if (passed.failure !== undefined) face.onError(passed.failure);
        else if (passed.ended) face.onComplete(passed.trailers);
      });
      held.begin();
      return true;
    },
    onData(chunk) {
      if (swallowing) {
        swallowed += chunk.length;
        // A refusal as long as this is not worth the connection.
        if (swallowed > JUDGED_BYTES) abortThis(new Error("refused"));
        return true;
      }
      if (held === undefined) return face.onData(chunk);
      held.add(chunk);
      return true;
    },
    onComplete(trailers) {
      if (swallowing) return;
      if (held === undefined) face.onComplete(trailers);
      else held.end(trailers);
    },
    onError(error) {
      if (swallowing) return;
      // A parser's error holds a piece of the answer, with a cookie in it perhaps.
      if ("data" in error) delete error.data;
      if (held === undefined) face.onError(error);
      else held.fail(error);
    },
    onUpgrade: (status, headers, socket) => face.onUpgrade(status, headers, socket),
  };
}

// Holds an answer back until the flow has judged it: at once by its head, or by a small JSON body.
function hold(flow: Flow<unknown, unknown>, status: number, headers: Buffer[], verdict: (rejected: boolean) => void) {
  const chunks: Buffer[] = [];
  let size = 0;
  let asked = false;
  const state = {
    chunks,
    ended: false,
    trailers: null as string[] | null,
    failure: undefined as Error | undefined,
    begin() {
      const head = responseOf(status, headers);
      const length = Number(head.headers.get("content-length") ?? 0);
      const small = /json/i.test(head.headers.get("content-type") ?? "") && length <= JUDGED_BYTES;
      if (!small) ask(null);
    },
    add(chunk: Buffer) {
      // undici uses its buffers again.
      chunks.push(Buffer.from(chunk));
      size += chunk.length;
      if (size > JUDGED_BYTES) ask(null);
    },
    end(trailers: string[] | null) {
      state.ended = true;
      state.trailers = trailers;
      ask(Buffer.concat(chunks));
    },
    fail(error: Error) {
      state.failure = error;
      ask(null);
    },
  };
  function ask(body: Buffer | null): void {
    if (asked) return;
    asked = true;
    const rejected = flow.isRejected?.(responseOf(status, headers, body)) ?? false;
    if (typeof rejected === "boolean") verdict(rejected);
    else rejected.then(verdict, () => verdict(false));
  }
  return state;
}

// The head of an answer as a Response, whose constructor knows fewer statuses and header values than the wire.
function responseOf(status: number, raw: Buffer[], body: Buffer | null = null): Response {
  const known = status >= 200 && status <= 599;
  const empty = body === null || !known || [204, 205, 304].includes(status);
  const headers = new Headers();
  for (const [name, value] of pairsOf(raw)) {
    try {
      headers.append(name, value);
    } catch {}
  }
  return new Response(empty ? null : new Uint8Array(body), { status: known ? status : 599, headers });
}

// Law 13: as of `session.fetch`, an answer shows no `Set-Cookie`.
function shown(raw: Buffer[]): Buffer[] {
  for (let at = 0; at < raw.length; at += 2) {
    if (isSetCookie(raw[at])) return raw.filter((_, index) => !isSetCookie(raw[index - (index % 2)]));
  }
  return raw;
}

function isSetCookie(name: Buffer | undefined): boolean {
  return name?.length === 10 && name.toString("latin1").toLowerCase() === "set-cookie";
}
