import type { Clock } from "./clock.ts";

/** By the wall clock and by elapsed time, in ms. */
export interface Moment {
  readonly now: number;
  readonly elapsed: number;
}

/** A larger difference between the two clocks, in ms, means that the wall clock was set. */
const TOLERANCE = 1_000;

export function momentOf(clock: Clock): Moment {
  return { now: clock.now(), elapsed: clock.elapsed() };
}

/** The wall clock minus elapsed time, in ms. It changes only when the wall clock is set. */
export function wallOffset({ now, elapsed }: Moment): number {
  return now - elapsed;
}

/** How far the wall clock was set between two offsets, in ms; 0 if it was not. */
export function stepBetween(before: number, after: number): number {
  return Math.abs(after - before) > TOLERANCE ? Math.round(after - before) : 0;
}

/** Ms since the epoch by the wall clock's current setting (guarantee 9). */
export function timeOf(moment: Moment, clock: Clock): number {
  return moment.now + stepBetween(wallOffset(moment), wallOffset(momentOf(clock)));
}
