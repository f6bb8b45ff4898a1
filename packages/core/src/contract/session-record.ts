/**
 * A session as plain JSON, as a store keeps it. `data` contains the vendor's secret.
 *
 * Durations are in ms. Times are in ms since the epoch by this machine's clock.
 */
export interface SessionRecord<Data = unknown, User = unknown> {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /** The user name that signed in. */
  readonly account: string;
  /** The base URL of calls, with a trailing slash. Some vendors use another host after the login. */
  readonly baseUrl: string;
  /** When the login was sent. */
  readonly issuedAt: number;
  /** When the session expires, if that is known. */
  readonly expiresAt?: number;
  /** How long the session lives after its last use, if it has an idle timeout. */
  readonly idleTimeout?: number;
  /** When the credential probably expires. Used for early renewal, never as a reason not to use the session. */
  readonly expiresHint?: number;
  /** Until when the session can be extended after it has expired. Absent: only before. */
  readonly extendableUntil?: number;
  /** When the session was last used. Absent until the first use after the login. */
  readonly usedAt?: number;
  /** After which part of its lifetime the session is renewed: from 0.5 to 1. It was drawn at the login, for all processes. */
  readonly renewAfter?: number;
  /** The user as the vendor describes it, without secrets. */
  readonly user: User;
  /** The secret that the vendor's flow needs to authenticate calls. */
  readonly data: Data;
}

/**
 * Checks a value that a store returned. The flow checks what is in `data`.
 * @returns `undefined` if the value is not a record.
 */
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

/** Returns whether a session can be extended although it has expired. */
export function isExtendable({ extendableUntil }: SessionRecord, now: number): boolean {
  return extendableUntil !== undefined && now < extendableUntil;
}

/** Returns whether two records have the same credential. */
export function sameSecret(a: SessionRecord, b: SessionRecord): boolean {
  return secretOf(a) === secretOf(b);
}

/** Returns the credential of a record as a string that can be compared. */
export function secretOf(record: SessionRecord): string {
  return JSON.stringify(record.data);
}
