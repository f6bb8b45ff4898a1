import type { Clock } from "./clock.ts";
import type { Flow } from "./flow.ts";
import { clockOffset, endsOf } from "./lifetime.ts";
import type { Settings } from "./options.ts";
import type { SessionRecord } from "./record.ts";
import { makeTicket, type Ticket } from "./ticket.ts";

/** A record in use. Each login, renewal and rotation makes a new one, so that its identity is its generation. */
export interface Live<Data, User> {
  readonly record: SessionRecord<Data, User>;
  readonly ticket: Ticket;
  /** Shared by all that came of one login by rotation or prolonging. */
  readonly lineage: symbol;
  /** The absolute end in ms since the epoch, or `Infinity`. */
  readonly endsAt: number;
  /** How long it lives after its last use in ms, or `Infinity`. */
  readonly idle: number;
  /** When a request was last sent with it. */
  usedAt: number;
  /** Whether the store holds it, as far as is known. */
  stored: boolean;
  /** From when on the store is to be told of a use, or given a record that it failed to take. */
  saveFrom: number;
  /** From when on a renewal is due, or `Infinity`. */
  renewFrom: number;
}

/** Later than any time. */
export const NEVER: number = Number.POSITIVE_INFINITY;

/** Puts a record to use. */
export function makeLive<Data, User>(
  flow: Flow<Data, User>,
  record: SessionRecord<Data, User>,
  settings: Settings,
  lineage: symbol = Symbol(),
): Live<Data, User> {
  const { issuedAt, usedAt = issuedAt, expiresAt: endsAt = NEVER, idleTimeout: idle = NEVER } = record;
  return {
    record,
    ticket: makeTicket(flow, record, settings.userAgent),
    lineage,
    endsAt,
    idle,
    usedAt,
    stored: true,
    saveFrom: usedAt + idle / 10,
    renewFrom: renewalTime(record, settings.renewBefore),
  };
}

/** Whether it is over: at its absolute end, or by lying idle. */
export function hasEnded(live: Live<unknown, unknown>, now: number): boolean {
  return now >= live.endsAt || now - live.usedAt >= live.idle;
}

// At most half of the lifetime is the window: a longer one would renew without end.
function renewalTime(record: SessionRecord, renewBefore: number | undefined): number {
  const end = record.expiresAt ?? record.expiresHint;
  if (end === undefined || end <= record.issuedAt) return NEVER;
  const lifetime = end - record.issuedAt;
  return end - Math.min(renewBefore ?? Math.min(120_000, lifetime / 10), lifetime / 2);
}

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

/**
 * Law 6: puts off the next renewal of a live session after so many failed ones, twice as long each time, with jitter.
 * @returns from when on it is due (ms since the epoch); `undefined` where none is.
 */
export function postpone(live: Live<unknown, unknown>, failures: number, clock: Clock): number | undefined {
  const wait = Math.min(60_000, 1_000 * 2 ** Math.min(failures, 10)) * (0.5 + clock.random() / 2);
  live.renewFrom = Math.max(live.renewFrom, clock.now() + wait);
  return Number.isFinite(live.renewFrom) ? live.renewFrom : undefined;
}
