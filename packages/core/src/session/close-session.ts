import { letGo, signOut } from "../login/release-session.ts";
import type { SessionStateMachine } from "./state-machine.ts";

/** Guarantee 14: the session is removed here first. A failure at the vendor is thrown afterwards. */
export async function logoutSession<Data, User>(machine: SessionStateMachine<Data, User>): Promise<void> {
  const { over, free } = signOut(machine, machine.leave(), () => machine.isClosed);
  machine.signingOut = free;
  await over;
}

/** With a store, other processes may use the session, so it is not signed out. */
export async function closeSession<Data, User>(machine: SessionStateMachine<Data, User>): Promise<void> {
  const { repository } = machine;
  // The event `logout` reports a failure at the vendor.
  if (repository === undefined) return logoutSession(machine).catch(() => {});
  machine.signingOut = letGo(repository, machine.leave());
  await machine.signingOut;
}
