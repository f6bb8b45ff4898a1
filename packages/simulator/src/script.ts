import { type Answer, type Ending, hasNoBody, unlessAborted } from "./exchange.ts";

/** A scripted response or fault for the next request. */
export interface ScriptedAnswer {
  /** Selects the request. Default: the next one. */
  readonly when?: ((request: { method: string; path: string }) => boolean) | undefined;
  /** The number of requests that it applies to. Default: 1. */
  readonly times?: number | undefined;
  /**
   * Whether the vendor handles the request first (uses up a token, opens a session) and its response is then replaced.
   * Default: `false`.
   */
  readonly after?: boolean | undefined;
  /** The status. A status or a body replaces the vendor's response. Default: 200 with a `body`, else the vendor's. */
  readonly status?: number | undefined;
  /** Headers of the replacement. Without a status or body, they are added to the vendor's response. Default: none. */
  readonly headers?: RequestInit["headers"];
  /** The body. Default: empty with a `status`, else the vendor's. */
  readonly body?: string | Uint8Array | undefined;
  /** The delay before the response, in ms of real time, or a promise to wait for. Default: none. */
  readonly delay?: number | Promise<unknown> | undefined;
  /** The point at which the connection is dropped. Default: none. */
  readonly drop?: "before-headers" | "in-body" | undefined;
  /** The point at which the response stalls until the client closes the connection. Default: none. */
  readonly stall?: "before-headers" | "in-body" | undefined;
}

/** The queue of scripted answers, oldest first. */
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

/** Answers a request as scripted. `real` is the vendor's own handling, and runs at most once. */
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
    // A rejected promise also ends the delay.
    await unlessAborted(Promise.allSettled([end]), signal);
  } finally {
    clearTimeout(timer);
  }
}
