import { expiryOf } from "../contract/expiry.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { createLiveSession, type FreshSession, mustRenew, shouldRenew } from "../state/live-session.ts";
import type { SessionSetup } from "./session-setup.ts";

/** Uses a stored record. Returns `undefined` if it has expired, is due for renewal, or no call can be made with it. */
export function adoptStoredSession<Data, User>(
  { flow, settings, clock }: SessionSetup<Data, User>,
  stored: SessionRecord<Data, User>,
): FreshSession<Data, User> | undefined {
  try {
    const now = clock.now();
    const live = createLiveSession(flow, asKnownHere(settings, stored, now), settings);
    return mustRenew(live, now) || shouldRenew(live, now) ? undefined : live;
  } catch {
    return undefined;
  }
}

// This session's own options apply to another process's record too. A time of use in the future is a wrong clock's.
function asKnownHere<Data, User>(
  settings: Settings,
  stored: SessionRecord<Data, User>,
  now: number,
): SessionRecord<Data, User> {
  const { expiresAt } = expiryOf({ expiresAt: stored.expiresAt }, stored.issuedAt, 0, settings.lifetime);
  const idleTimeout = settings.idleTimeout ?? stored.idleTimeout;
  return {
    ...stored,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(idleTimeout === undefined ? {} : { idleTimeout }),
    usedAt: Math.min(stored.usedAt ?? stored.issuedAt, now),
  };
}
