import type { Session } from "../contract/session.ts";

/**
 * Runs a call of a session with a time limit, for methods that a vendor's package adds to its session. The time starts
 * again after each login, because a login has a time limit of its own and may wait for a person.
 * @param timeout in ms.
 * @param run gets a signal that aborts when the time is over, or with the caller's own signal.
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
    // This joins the login that the rejected call waits for. If the login fails, the call fails by itself.
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
