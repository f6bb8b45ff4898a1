import type { Session } from "../contract/session.ts";

/**
 * Runs a call of a session within so many ms, for methods that a vendor's package adds to its session. The time stands
 * still while the session signs in anew, and then starts over: signing in has a time of its own, and may wait for a human.
 * @param timeout in ms.
 * @param run given what the call ends with: the time, or the caller's own signal.
 * @throws what `run` throws; when the time is over, its signal has an `AbortError` as its reason.
 */
export async function inTime<T>(
  session: Pick<Session, "authorization" | "on">,
  timeout: number,
  caller: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const signal = caller === undefined ? over.signal : AbortSignal.any([caller, over.signal]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => clearTimeout(timer);
  const start = () => {
    stop();
    if (!signal.aborted) timer = setTimeout(() => over.abort(), timeout);
  };
  const off = session.on("rejected", () => {
    stop();
    // It joins the login that the refused call waits for. Where that fails, the call knows by itself.
    session.authorization({ signal }).then(start, start);
  });
  start();
  try {
    return await run(signal);
  } finally {
    off();
    stop();
    over.abort();
  }
}
