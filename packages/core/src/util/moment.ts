import type { Clock } from "./clock.ts";

/** A moment by the wall clock and by elapsed time, in ms. */
export interface Moment {
  readonly now: number;
  readonly elapsed: number;
}

/** By how much the two clocks may move apart before somebody has set the wall clock, in ms. */
const TOLERANCE = 1_000;

export function momentOf(clock: Clock): Moment {
  return { now: clock.now(), elapsed: clock.elapsed() };
}

/** By how much the wall clock was set since a moment, in ms; 0 if it was not. */
export function stepSince({ now, elapsed }: Moment, clock: Clock): number {
  const step = clock.now() - now - (clock.elapsed() - elapsed);
  return Math.abs(step) > TOLERANCE ? Math.round(step) : 0;
}

/** When a moment was, in ms since the epoch as the wall clock is now (guarantee 9). */
export function timeOf(moment: Moment, clock: Clock): number {
  return moment.now + stepSince(moment, clock);
}
