import { type Answer, type Ending, hasNoBody, unlessAborted } from "./exchange.ts";

/** A scripted answer to the next request. */
export interface ScriptedAnswer {
  /** Which request it is for. Default: the next one, whatever it is. */
  readonly when?: ((request: { method: string; path: string }) => boolean) | undefined;
  /** For how many requests. Default 1. */
  readonly times?: number | undefined;
  /** The vendor handles the request (it uses up a token, opens a session) before its answer is replaced. Default false. */
  readonly after?: boolean | undefined;
  /** A status (default 200) or a body replaces the vendor's answer. Headers alone are put on the vendor's answer. */
  readonly status?: number | undefined;
  readonly headers?: HeadersInit | undefined;
  readonly body?: string | Uint8Array | undefined;
  /** Milliseconds of real time, or a promise, to wait for before answering. */
  readonly delay?: number | Promise<unknown> | undefined;
  /** Break the connection. */
  readonly drop?: "before-headers" | "in-body" | undefined;
  /** Stop answering until the client goes away. */
  readonly stall?: "before-headers" | "in-body" | undefined;
}

/** The scripted answers that wait for their request, oldest first. */
export class Script {
  #waiting: { readonly answer: ScriptedAnswer; times: number }[] = [];

  add(answer: ScriptedAnswer): void {
    this.#waiting.push({ answer, times: answer.times ?? 1 });
  }

  take(request: { method: string; path: string }): ScriptedAnswer | undefined {
    const next = this.#waiting.find(({ answer }) => answer.when?.(request) ?? true);
    if (next === undefined) return undefined;
    next.times -= 1;
    if (next.times <= 0) this.#waiting = this.#waiting.filter((other) => other !== next);
    return next.answer;
  }

  clear(): void {
    this.#waiting = [];
  }
}

/** Answers a request as scripted. `real` is the vendor's own handling; it runs once at most. */
export async function perform(
  scripted: ScriptedAnswer,
  real: () => Promise<Answer>,
  signal: AbortSignal,
): Promise<Answer | "dropped"> {
  const acted = scripted.after ? await real() : undefined;
  if (scripted.delay !== undefined) await wait(scripted.delay, signal);
  if (scripted.drop === "before-headers") return "dropped";
  if (scripted.stall === "before-headers") return unlessAborted(new Promise<never>(() => {}), signal);
  const answer = replacement(scripted) ?? withHeaders(acted ?? (await real()), scripted.headers);
  return { ...answer, ending: ending(scripted) };
}

function ending(scripted: ScriptedAnswer): Ending {
  if (scripted.drop === "in-body") return "drop";
  return scripted.stall === "in-body" ? "stall" : "whole";
}

function replacement(scripted: ScriptedAnswer): Answer | undefined {
  if (scripted.status === undefined && scripted.body === undefined) return undefined;
  const status = scripted.status ?? 200;
  const body = hasNoBody(status) ? new Uint8Array() : bytesOf(scripted.body ?? "");
  return { status, headers: new Headers(scripted.headers), body, ending: "whole" };
}

function bytesOf(body: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body);
}

function withHeaders(answer: Answer, added: HeadersInit | undefined): Answer {
  const headers = new Headers(answer.headers);
  for (const [name, value] of new Headers(added)) {
    if (name === "set-cookie") headers.append(name, value);
    else headers.set(name, value);
  }
  return { ...answer, headers };
}

async function wait(delay: number | Promise<unknown>, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = typeof delay === "number" ? new Promise((resolve) => (timer = setTimeout(resolve, delay))) : delay;
  try {
    // A promise that fails has come to its end too.
    await unlessAborted(Promise.allSettled([end]), signal);
  } finally {
    clearTimeout(timer);
  }
}
