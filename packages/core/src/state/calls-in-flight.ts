import type { Clock } from "../util/clock.ts";

/** Counts calls until their response headers arrive. Its identity stands for the session. */
export interface CallsInFlight {
  count: number;
  extensions: number;
  onNone: (() => void) | undefined;
  /** Receives the new credential from a response to a call of a replaced session. */
  onRotated: ((data: unknown) => void) | undefined;
}

export function callsInFlight(): CallsInFlight {
  return { count: 0, extensions: 0, onNone: undefined, onRotated: undefined };
}

export interface CountedCall {
  readonly live: { readonly lineage: CallsInFlight };
  isOver: boolean;
}

/** A call ends with its response or failure, or when it waits for the next session. */
export function callEnded(call: CountedCall): void {
  if (call.isOver) return;
  call.isOver = true;
  const calls = call.live.lineage;
  if (--calls.count > 0 || calls.onNone === undefined) return;
  const { onNone } = calls;
  calls.onNone = undefined;
  onNone();
}

/** @param most in ms. */
export async function noneInFlight(calls: CallsInFlight, clock: Clock, most: number): Promise<void> {
  if (calls.count === 0) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const others = calls.onNone;
  calls.onNone = () => {
    others?.();
    resolve();
  };
  const cancel = clock.timer(most, resolve);
  await promise;
  cancel();
}
