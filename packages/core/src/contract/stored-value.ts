import { parseRecord, type SessionRecord } from "./session-record.ts";
import { parseHistory, type StoredHistory } from "./stored-history.ts";

/**
 * The JSON value of one store key: a single value, so that one read is enough and a store cannot separate the parts.
 */
export interface StoredValue {
  /** Absent after a sign-out. */
  readonly session?: SessionRecord;
  /** Absent if no login has failed. */
  readonly history?: StoredHistory;
}

/** How long a history is kept after its last change, in ms: 30 days. */
export const HISTORY_LIFETIME: number = 30 * 24 * 3_600_000;

/** Drops parts that are malformed or of another version. */
export function parseStoredValue(text: string): StoredValue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return {};
  }
  if (typeof value !== "object" || value === null) return {};
  const { session, history } = value as Partial<Record<keyof StoredValue, unknown>>;
  const record = parseRecord(session);
  const past = parseHistory(history);
  return {
    ...(record === undefined ? {} : { session: record }),
    ...(past === undefined ? {} : { history: past }),
  };
}

/**
 * Returns when a store may drop a value, in ms since the epoch; `undefined`: never. It is the latest of the session's
 * expiry, the end of its extendability, and 30 days after the history's last change.
 * @param outlives whether the data helps a login after the session has expired.
 */
export function expiryOfStoredValue({ session, history }: StoredValue, outlives: boolean): number | undefined {
  if (session !== undefined && (outlives || session.expiresAt === undefined)) return undefined;
  const ends = [session?.expiresAt, session?.extendableUntil, history && history.changedAt + HISTORY_LIFETIME];
  return Math.max(...ends.filter((end) => end !== undefined));
}
