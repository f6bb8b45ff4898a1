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

/** By how much the wall clock was set between two moments, in ms; 0 if it was not. */
export function stepBetween(before: Moment, after: Moment): number {
  const step = after.now - before.now - (after.elapsed - before.elapsed);
  return Math.abs(step) > TOLERANCE ? Math.round(step) : 0;
}

/** When a moment was, in ms since the epoch as the wall clock is now (guarantee 9). */
export function timeOf(moment: Moment, clock: Clock): number {
  return moment.now + stepBetween(moment, momentOf(clock));
}
