import type { Clock } from "../util/clock.ts";

/** Counts calls from their start until the headers of their response have arrived. Its identity stands for the session. */
export interface CallsInFlight {
  count: number;
  /** How often the session was extended. */
  extensions: number;
  /** Called when the last call has its headers. */
  onNone: (() => void) | undefined;
  /** Called with the new credential in a response to a call of a session that was replaced. */
  onRotated: ((data: unknown) => void) | undefined;
}

export function callsInFlight(): CallsInFlight {
  return { count: 0, extensions: 0, onNone: undefined, onRotated: undefined };
}

/** A sent call that is counted. */
export interface CountedCall {
  readonly live: { readonly lineage: CallsInFlight };
  /** Whether it is no longer counted. */
  isOver: boolean;
}

/** A call is no longer in flight: it has its answer, has failed, or waits for the next session. Only the first time counts. */
export function callEnded(call: CountedCall): void {
  if (call.isOver) return;
  call.isOver = true;
  const calls = call.live.lineage;
  if (--calls.count > 0 || calls.onNone === undefined) return;
  const { onNone } = calls;
  calls.onNone = undefined;
  onNone();
}

/** Waits until no call is in flight, but no longer than `most` milliseconds. */
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
