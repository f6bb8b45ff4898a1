import type { Clock } from "../../../src/util/clock.ts";
import { type Board, EVERYTHING, quiet } from "../search/board.ts";

interface Timer {
  readonly at: number;
  readonly session: string;
  readonly callback: () => void;
}

/** The clock of a world. Its time passes only in steps. */
export interface WorldClock {
  now(): number;
  clockOf(session: string): Clock;
  /** Advances to the next timer, and runs it. */
  tick(): void;
  /** Advances by a duration, and runs the timers that are due. */
  pass(ms: number): Promise<void>;
  /** Drops all timers of a session. */
  stop(session: string): void;
  readonly pending: number;
}

export function worldClock(board: Board): WorldClock {
  let now = Date.UTC(2026, 0, 1);
  const timers = new Set<Timer>();
  const first = () => [...timers].sort((a, b) => a.at - b.at)[0];

  function tick(): void {
    board.touch(EVERYTHING, "changes");
    const next = first();
    if (next === undefined) return;
    timers.delete(next);
    now = Math.max(now, next.at);
    next.callback();
  }

  return {
    now: () => now,
    tick,
    clockOf: (session) => ({
      now: () => now,
      elapsed: () => now,
      random: () => 0.5,
      timer(ms, callback) {
        const timer = { at: now + ms, session, callback };
        timers.add(timer);
        return () => void timers.delete(timer);
      },
    }),
    async pass(ms) {
      const until = now + ms;
      board.touch(EVERYTHING, "changes");
      for (let next = first(); next !== undefined && next.at <= until; next = first()) {
        tick();
        await quiet();
      }
      now = until;
    },
    stop(session) {
      for (const timer of timers) if (timer.session === session) timers.delete(timer);
    },
    get pending() {
      return timers.size;
    },
  };
}
