/**
 * A session as plain JSON: all that a store ever holds. It contains the vendor's secret in `data`.
 *
 * Times are in milliseconds, instants in milliseconds since the epoch by this machine's clock.
 */
export interface SessionRecord<Data = unknown, User = unknown> {
  /** The vendor, for example `"acme"`. */
  readonly vendor: string;
  /** The user name that signed in. */
  readonly account: string;
  /** Where calls go, with a trailing slash. Some vendors move calls to another host after sign-in. */
  readonly baseUrl: string;
  /** When the login was sent. */
  readonly issuedAt: number;
  /** The absolute end, where it is known. */
  readonly expiresAt?: number;
  /** How long the session lives after its last use, where it has an idle end. */
  readonly idleTimeout?: number;
  /** A hint of the end, read out of the credential: good for renewing early, never a reason not to use the record. */
  readonly expiresHint?: number;
  /** When the session was last used; absent until it is used after the login. */
  readonly usedAt?: number;
  /** The vendor's user, without secrets. */
  readonly user: User;
  /** What the vendor's flow needs to authenticate calls: the secret. */
  readonly data: Data;
}

/**
 * Checks a value that a store returned. The flow checks what is in `data`.
 * @returns `undefined` if the value is not a record.
 */
export function parseRecord(value: unknown): SessionRecord | undefined {
  if (typeof value !== "object" || value === null || !("data" in value)) return undefined;
  const { vendor, account, baseUrl, issuedAt, expiresAt, idleTimeout, expiresHint, usedAt } = value as Record<
    string,
    unknown
  >;
  const texts = [vendor, account, baseUrl].every((part) => typeof part === "string" && part !== "");
  const times = [expiresAt, idleTimeout, expiresHint, usedAt].every(
    (part) => part === undefined || (typeof part === "number" && Number.isFinite(part)),
  );
  const issued = typeof issuedAt === "number" && Number.isFinite(issuedAt);
  return texts && times && issued ? (value as SessionRecord) : undefined;
}

/** Whether two records hold the same credential. */
export function sameSecret(a: SessionRecord, b: SessionRecord): boolean {
  return secretOf(a) === secretOf(b);
}

/** A record's credential as a text that compares. */
export function secretOf(record: SessionRecord): string {
  return JSON.stringify(record.data);
}
