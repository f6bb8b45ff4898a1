import { clockOffset, expiryOf } from "../contract/expiry.ts";
import type { Flow } from "../contract/flow/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import type { Clock } from "../util/clock.ts";
import { timeOf } from "../util/moment.ts";
import { createLiveSession, type FreshSession, type LiveSession, useUntilRejected } from "./live-session.ts";
import { NEVER } from "./renewal-time.ts";

/** Returns `undefined` if the new credential cannot be sent. */
export function rotateSession<Data, User>(
  flow: Flow<Data, User>,
  live: LiveSession<Data, User>,
  data: Data,
  response: Response,
  settings: Settings,
  clock: Clock,
): FreshSession<Data, User> | undefined {
  const now = clock.now();
  const { usedElapsed } = live;
  const usedAt = usedElapsed === undefined ? live.usedAt : timeOf({ now: live.usedAt, elapsed: usedElapsed }, clock);
  let record: SessionRecord<Data, User> = { ...live.record, data, usedAt };
  try {
    if (flow.lifetime !== undefined) {
      const { expiresAt: _, expiresHint: __, ...rest } = record;
      const offset = clockOffset(response.headers.get("date"), usedAt, now);
      record = {
        ...rest,
        issuedAt: usedAt,
        ...expiryOf(flow.lifetime(response, data, record), usedAt, offset, settings.lifetime),
      };
    }
    const rotated = createLiveSession(flow, record, settings, live.lineage);
    const { acceptedAt, adopted, unhelpful, failedRenewals } = live;
    Object.assign(rotated, { usedElapsed, acceptedAt, adopted, unhelpful, failedRenewals });
    if (live.failedRenewals > 0) rotated.renewFrom = Math.max(rotated.renewFrom, live.renewFrom);
    // Guarantee 7: a session that appears expired on arrival is used until it is rejected.
    if (flow.lifetime !== undefined) useUntilRejected(rotated, now);
    else if (live.expiresAt === NEVER) Object.assign(rotated, { expiresAt: NEVER, renewFrom: NEVER });
    return rotated;
  } catch {
    return undefined;
  }
}
