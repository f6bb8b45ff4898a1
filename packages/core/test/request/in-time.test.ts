import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Session, WaitOptions } from "../../src/contract/session.ts";
import { inTime } from "../../src/request/in-time.ts";

type Login = PromiseWithResolvers<never>;

/** A session whose logins the test ends. */
function fake() {
  const listeners = new Set<() => void>();
  const logins: Login[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const session = {
    on: (_: string, listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    authorization: (wait?: WaitOptions) => {
      const login: Login = Promise.withResolvers();
      logins.push(login);
      signals.push(wait?.signal);
      return login.promise;
    },
  } as unknown as Pick<Session, "authorization" | "on">;
  const reject = () => {
    for (const listener of listeners) listener();
  };
  return { session, logins, signals, listeners, reject };
}

/** Waits until its signal ends. */
const forEver = (signal: AbortSignal): Promise<never> =>
  new Promise((_, fail) => signal.addEventListener("abort", () => fail(signal.reason)));

describe("inTime", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** Whether a call is still waiting. */
  function watch(call: Promise<unknown>): () => boolean {
    let waits = true;
    const over = () => {
      waits = false;
    };
    call.then(over, over);
    return () => waits;
  }

  it("ends a call that gets no answer in time", async () => {
    const { session, listeners } = fake();
    const waits = watch(inTime(session, 100, undefined, forEver));
    await vi.advanceTimersByTimeAsync(99);
    expect(waits()).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect([waits(), listeners.size]).toEqual([false, 0]);
  });

  it.each([
    ["succeeds", (login: Login) => login.resolve(undefined as never)],
    ["fails", (login: Login) => login.reject(new Error("no"))],
  ])("stands still while the session signs in anew, and starts over when that %s", async (_, end) => {
    const { session, logins, reject } = fake();
    const waits = watch(inTime(session, 100, undefined, forEver));
    await vi.advanceTimersByTimeAsync(90);
    reject();
    await vi.advanceTimersByTimeAsync(3_600_000);
    for (const login of logins) end(login);
    await vi.advanceTimersByTimeAsync(99);
    expect(waits()).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(waits()).toBe(false);
  });

  it("ends with the caller's own signal also while the session signs in, and waits for that no more", async () => {
    const { session, logins, signals, reject } = fake();
    const caller = new AbortController();
    const call = inTime(session, 100, caller.signal, forEver);
    reject();
    const reason = new Error("enough");
    caller.abort(reason);
    await expect(call).rejects.toBe(reason);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
    for (const login of logins) login.reject(reason);
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("yields what the call does, and leaves no timer and no listener behind", async () => {
    const { session, listeners } = fake();
    expect(await inTime(session, 100, undefined, async () => 7)).toBe(7);
    expect([vi.getTimerCount(), listeners.size]).toEqual([0, 0]);
  });
});
