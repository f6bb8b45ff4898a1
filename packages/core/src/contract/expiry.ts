import { parseHttpDate } from "../net/http-date.ts";

/** How long a credential is valid, as the vendor says. Times are by the vendor's clock. The core corrects them. */
export interface Lifetime {
  /** When it expires, in ms since the epoch by the vendor's clock. */
  readonly expiresAt?: number | undefined;
  /** How long it is valid after the request was sent, in ms. */
  readonly expiresIn?: number | undefined;
  /** When it probably expires, in ms since the epoch by the vendor's clock. Used for early renewal only. */
  readonly expiresHint?: number | undefined;
}

/** How long a session can be extended after it has expired. */
export interface Extendability {
  /**
   * Until when `extend` can extend the session although it has expired, in ms since the epoch by the vendor's clock: the
   * expiry of a refresh token. `Infinity` if it has none.
   */
  readonly extendableUntil?: number | undefined;
  /** The same, in ms after the request was sent. */
  readonly extendableFor?: number | undefined;
}

/** How far the vendor's clock may differ before its times are corrected, in ms. `Date` has whole seconds only. */
const CLOCK_TOLERANCE = 5_000;

/** The latest time that a `Date` can hold. JSON has no `Infinity`. */
const LATEST = 8.64e15;

/** The earliest known expiry, the hint, and the end of extensions, in ms since the epoch by our clock. */
export interface Expiry {
  readonly extendableUntil?: number;
  readonly expiresAt?: number;
  readonly expiresHint?: number;
}

/**
 * Guarantee 9: a lifetime counts from when the request was sent, and the vendor's times are converted to our clock.
 * @param issuedAt when the request was sent, in ms since the epoch.
 * @param offset how far the vendor's clock is ahead of ours, in ms. Up to `CLOCK_TOLERANCE` it is not corrected.
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

/** Returns how far the clock behind a `Date` header is ahead of ours, in ms; 0 if the header is missing or malformed. */
export function clockOffset(date: string | null, sentAt: number, receivedAt: number): number {
  const then = parseHttpDate(date, receivedAt);
  return then === undefined ? 0 : then - (sentAt + receivedAt) / 2;
}
