import type { LiveSession } from "../state/live-session.ts";
import { NEVER } from "../state/renewal-time.ts";
import type { SessionRepository } from "./session-repository.ts";

/**
 * Saves in the store that a session was used, at most once in a tenth of its idle time. If the store failed to take the
 * record before, it is offered again, so that a store that recovers gets the session back.
 */
export function saveUse<Data, User>(
  repository: SessionRepository<Data, User>,
  live: LiveSession<Data, User>,
  now: number,
): Promise<void> {
  const record = { ...live.record, usedAt: now };
  const every = live.idleTimeout === undefined ? NEVER : live.idleTimeout / 10;
  const again = now + Math.min(every, RETRY_SAVE_AFTER);
  live.saveFrom = now + every;
  const saved = live.stored ? repository.touch(record) : repository.write(record, undefined);
  return saved.then((ok) => {
    live.stored = ok;
    if (!ok) live.saveFrom = again;
  });
}

/** How long after a failed write the record is offered to the store again, in ms. */
export const RETRY_SAVE_AFTER = 5_000;
