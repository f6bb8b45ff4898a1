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

/** How far the wall clock is ahead of elapsed time, in ms. It changes only if somebody sets the wall clock. */
export function wallOffset({ now, elapsed }: Moment): number {
  return now - elapsed;
}

/** By how much the wall clock was set between two of its offsets, in ms; 0 if it was not. */
export function stepBetween(before: number, after: number): number {
  return Math.abs(after - before) > TOLERANCE ? Math.round(after - before) : 0;
}

/** When a moment was, in ms since the epoch as the wall clock is now (guarantee 9). */
export function timeOf(moment: Moment, clock: Clock): number {
  return moment.now + stepBetween(wallOffset(moment), wallOffset(momentOf(clock)));
}
