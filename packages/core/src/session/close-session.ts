import { type Leaving, letGo, signOut } from "../login/release-session.ts";
import { isCancellation } from "../util/cancellation.ts";
import type { SessionStateMachine } from "./state-machine.ts";

/** Guarantee 14: the session is removed here first. A failure at the vendor is thrown afterwards. */
export async function logoutSession<Data, User>(
  machine: SessionStateMachine<Data, User>,
  signal?: AbortSignal,
): Promise<void> {
  const { over, free } = signOut(machine, leave(machine, signal), () => machine.isClosed);
  machine.signingOut = free;
  await over;
}

/** With a store, other processes may still use the session. */
export async function closeSession<Data, User>(
  machine: SessionStateMachine<Data, User>,
  signal?: AbortSignal,
): Promise<void> {
  const { repository } = machine;
  // The event `logout` reports a failure at the vendor.
  if (repository === undefined) return logoutSession(machine, signal).catch(() => {});
  machine.signingOut = letGo(repository, leave(machine, signal));
  await machine.signingOut;
}

/** A login in progress gets no session. If the whole program ends, its request is cancelled too. */
function leave<Data, User>(machine: SessionStateMachine<Data, User>, signal?: AbortSignal): Leaving<Data, User> {
  const left = machine.leave();
  const cancel = () => {
    if (isCancellation(signal?.reason)) left.attempt?.abandon(signal?.reason);
  };
  if (signal?.aborted) cancel();
  else if (left.attempt !== undefined) signal?.addEventListener("abort", cancel, { once: true });
  return left;
}
