/**
 * A session as plain JSON for a store. `data` contains the vendor's secret. Durations are in ms, times in ms since the
 * epoch by this machine's clock.
 */
export interface SessionRecord<Data = unknown, User = unknown> {
  readonly vendor: string;
  readonly account: string;
  /** The base URL of calls, with a trailing slash. Some vendors use another host after the login. */
  readonly baseUrl: string;
  /** When the login was sent. */
  readonly issuedAt: number;
  readonly expiresAt?: number;
  /** How long the session lives after its last use, if it has an idle timeout. */
  readonly idleTimeout?: number;
  /** When the credential probably expires. Triggers early renewal, but never ends the session. */
  readonly expiresHint?: number;
  /** Until when the session can be extended after it expires. Absent if only before. */
  readonly extendableUntil?: number;
  /** When the session was last used. Absent until the first use after the login. */
  readonly usedAt?: number;
  /**
   * The fraction of its lifetime after which the session is renewed, from 0.5 to 1. Drawn at the login, for all
   * processes.
   */
  readonly renewAfter?: number;
  readonly user: User;
  /** The secret with which the vendor's flow authenticates calls. */
  readonly data: Data;
}

/** Checks everything but `data`, which the flow checks. */
export function parseRecord(value: unknown): SessionRecord | undefined {
  if (typeof value !== "object" || value === null || !("data" in value)) return undefined;
  const {
    vendor,
    account,
    baseUrl,
    issuedAt,
    expiresAt,
    idleTimeout,
    expiresHint,
    extendableUntil,
    usedAt,
    renewAfter,
  } = value as Record<string, unknown>;
  const texts = [vendor, account, baseUrl].every((part) => typeof part === "string" && part !== "");
  const times = [expiresAt, idleTimeout, expiresHint, extendableUntil, usedAt].every(
    (part) => part === undefined || (typeof part === "number" && Number.isFinite(part)),
  );
  const issued = typeof issuedAt === "number" && Number.isFinite(issuedAt);
  const isShare = renewAfter === undefined || (typeof renewAfter === "number" && renewAfter >= 0.5 && renewAfter < 1);
  return texts && times && issued && isShare ? (value as SessionRecord) : undefined;
}

/** Whether an expired session can still be extended. */
export function isExtendable({ extendableUntil }: SessionRecord, now: number): boolean {
  return extendableUntil !== undefined && now < extendableUntil;
}

export function sameSecret(a: SessionRecord, b: SessionRecord): boolean {
  return secretOf(a) === secretOf(b);
}

/** Returns the credential as a string that can be compared. */
export function secretOf(record: SessionRecord): string {
  return JSON.stringify(record.data);
}
