import { expiryOf } from "../contract/expiry.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { createLiveSession, type FreshSession, mustRenew, shouldRenew } from "../state/live-session.ts";
import type { SessionSetup } from "./session-setup.ts";

/** Returns `undefined` if the record has expired, is due for renewal or cannot be used for calls. */
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

// This session's options also apply to a record of another process. A `usedAt` in the future comes from a wrong clock.
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
