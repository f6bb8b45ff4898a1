import { clockOffset, endsOf } from "../contract/expiry.ts";
import type { Flow } from "../contract/flow.ts";
import type { SessionRecord } from "../contract/session-record.ts";
import type { Settings } from "../contract/settings.ts";
import { type Live, makeLive } from "./live-session.ts";

/** What a response made of a live session by carrying a new credential; `undefined` where that cannot be sent. */
export function rotatedLive<Data, User>(
  flow: Flow<Data, User>,
  live: Live<Data, User>,
  data: Data,
  response: Response,
  settings: Settings,
  now: number,
): Live<Data, User> | undefined {
  const { usedAt } = live;
  let record: SessionRecord<Data, User> = { ...live.record, data, usedAt };
  try {
    if (flow.lifetime !== undefined) {
      const { expiresAt: _, expiresHint: __, ...rest } = record;
      const offset = clockOffset(response.headers.get("date"), usedAt, now);
      record = {
        ...rest,
        issuedAt: usedAt,
        ...endsOf(flow.lifetime(response, data), usedAt, offset, settings.lifetime),
      };
    }
    return makeLive(flow, record, settings, live.lineage);
  } catch {
    return undefined;
  }
}
