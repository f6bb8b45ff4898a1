import { parseHttpDate } from "../net/http-date.ts";

/** How long a credential is valid according to the vendor. The core corrects clock differences. */
export interface Lifetime {
  /** When it expires, in ms since the epoch by the vendor's clock. */
  readonly expiresAt?: number | undefined;
  /** How long it is valid after the request was sent, in ms. */
  readonly expiresIn?: number | undefined;
  /** When it probably expires, in ms since the epoch by the vendor's clock. Only used for early renewal. */
  readonly expiresHint?: number | undefined;
}

/** How long a session can be extended after it expires. */
export interface Extendability {
  /**
   * Until when `extend` works on an expired session, in ms since the epoch by the vendor's clock. `Infinity` if a
   * refresh token does not expire.
   */
  readonly extendableUntil?: number | undefined;
  /** The same, in ms after the request was sent. */
  readonly extendableFor?: number | undefined;
}

/** Smaller clock differences are not corrected, because `Date` has a resolution of 1 s. In ms. */
const CLOCK_TOLERANCE = 5_000;

/** The latest time that a `Date` can hold: JSON has no `Infinity`. */
const LATEST = 8.64e15;

export interface Expiry {
  readonly extendableUntil?: number;
  readonly expiresAt?: number;
  readonly expiresHint?: number;
}

/**
 * Converts a vendor's lifetime to ms since the epoch by this machine's clock (guarantee 9).
 * @param issuedAt when the request was sent, in ms since the epoch.
 * @param offset the vendor's clock minus this machine's, in ms. Ignored up to `CLOCK_TOLERANCE`.
 * @param known the option `lifetime`, in ms.
 */
export function expiryOf(
  lifetime: Lifetime & Extendability,
  issuedAt: number,
  offset: number,
  known: number | undefined,
): Expiry {
  const ahead = Math.abs(offset) > CLOCK_TOLERANCE ? offset : 0;
  const { expiresAt, expiresIn, expiresHint, extendableUntil, extendableFor } = lifetime;
  const ends = [
    { from: -ahead, ms: expiresAt },
    { from: issuedAt, ms: expiresIn },
    { from: issuedAt, ms: known },
  ].flatMap(({ from, ms }) => (ms !== undefined && Number.isFinite(ms) ? [from + ms] : []));
  const extendable = Math.min(
    extendableUntil === undefined ? Number.POSITIVE_INFINITY : extendableUntil - ahead,
    extendableFor === undefined ? Number.POSITIVE_INFINITY : issuedAt + extendableFor,
  );
  const isExtendable = extendableUntil !== undefined || extendableFor !== undefined;
  return {
    ...(isExtendable ? { extendableUntil: Math.min(LATEST, extendable) } : {}),
    ...(ends.length === 0 ? {} : { expiresAt: Math.min(...ends) }),
    ...(expiresHint === undefined || !Number.isFinite(expiresHint) ? {} : { expiresHint: expiresHint - ahead }),
  };
}

/** The vendor's clock minus this machine's, in ms; 0 if the header is missing or malformed. */
export function clockOffset(date: string | null, sentAt: number, receivedAt: number): number {
  const then = parseHttpDate(date, receivedAt);
  return then === undefined ? 0 : then - (sentAt + receivedAt) / 2;
}
