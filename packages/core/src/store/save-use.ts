import type { Live } from "../state/live-session.ts";
import type { Vault } from "./session-repository.ts";

/**
 * Tells the store that a session was used, at most once in a tenth of its idle time; or gives it the record that it
 * failed to take before, so that a store which recovers gets the session back by itself.
 */
export function tell<Data, User>(vault: Vault<Data, User>, live: Live<Data, User>, now: number): void {
  const record = { ...live.record, usedAt: now };
  const again = now + Math.min(live.idle / 10, SAVE_AGAIN);
  live.saveFrom = now + live.idle / 10;
  const told = live.stored ? vault.touch(record) : vault.write(record);
  told.then((ok) => {
    live.stored = ok;
    if (!ok) live.saveFrom = again;
  });
}

/** How long after a failed write a record is offered to the store again, in ms. */
export const SAVE_AGAIN = 5_000;
