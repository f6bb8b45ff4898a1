import { parseHttpDate } from "../net/http-date.ts";

/** What a vendor said of how long a credential lives. Instants are by the *vendor's* clock: the core corrects them. */
export interface Lifetime {
  /** The absolute end, in ms since the epoch by the vendor's clock. */
  readonly expiresAt?: number | undefined;
  /** The lifetime counted from when the request was sent, in ms. */
  readonly expiresIn?: number | undefined;
  /** A hint of the end (ms since the epoch, the vendor's clock): for early renewal only. */
  readonly expiresHint?: number | undefined;
}

/** How far the vendor's clock may differ before its instants are corrected, in ms. `Date` has whole seconds only. */
const CLOCK_TOLERANCE = 5_000;

/** The ends in our clock: the earliest of what is known, and the hint. */
export interface Expiry {
  readonly expiresAt?: number;
  readonly expiresHint?: number;
}

/**
 * Law 9: a lifetime counts from when the request was sent, and the vendor's instants are moved to our clock.
 * @param offset how far the vendor's clock is ahead of ours, in ms; too small a difference is not corrected.
 * @param known a lifetime in ms that the operator knows.
 */
export function expiryOf(lifetime: Lifetime, issuedAt: number, offset: number, known: number | undefined): Expiry {
  const ahead = Math.abs(offset) > CLOCK_TOLERANCE ? offset : 0;
  const { expiresAt, expiresIn, expiresHint } = lifetime;
  const ends = [
    expiresAt === undefined ? undefined : expiresAt - ahead,
    expiresIn === undefined ? undefined : issuedAt + expiresIn,
    known === undefined ? undefined : issuedAt + known,
  ].filter((end) => end !== undefined && Number.isFinite(end)) as number[];
  return {
    ...(ends.length === 0 ? {} : { expiresAt: Math.min(...ends) }),
    ...(expiresHint === undefined || !Number.isFinite(expiresHint) ? {} : { expiresHint: expiresHint - ahead }),
  };
}

/** How far the clock that made a `Date` header is ahead of ours, in ms; 0 where the header is absent or malformed. */
export function clockOffset(date: string | null, sentAt: number, receivedAt: number): number {
  const then = parseHttpDate(date);
  return then === undefined ? 0 : then - (sentAt + receivedAt) / 2;
}
