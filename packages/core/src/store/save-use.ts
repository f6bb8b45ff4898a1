import type { LiveSession } from "../state/live-session.ts";
import { NEVER } from "../state/renewal-time.ts";
import type { SessionRepository } from "./session-repository.ts";

/**
 * Saves the last use, at most once per tenth of the idle timeout. Offers an unsaved record again, so that a recovered
 * store gets the session.
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

/** The delay after a failed write, in ms. */
export const RETRY_SAVE_AFTER = 5_000;
