import { seeded } from "../../soak/random.ts";
import { replaceCrypto } from "./crypto-in-turn.ts";
import type { TimeLine } from "./time-line.ts";

/** The start of the day, in ms since the epoch. */
export const MIDNIGHT: number = Date.UTC(2026, 0, 1);

/**
 * Replaces the time, timers and random values of this thread, so that the published packages run identically each time.
 * @returns a function that restores them.
 */
export function enterTimeLine(time: TimeLine, seed: number): () => void {
  const { setTimeout, clearTimeout } = globalThis;
  const { now } = Date;
  const { random: unseeded } = Math;
  const random = seeded(seed);
  const restoreCrypto = replaceCrypto(random);

  // The runtime's own timers, such as those of idle sockets, pass arguments.
  const set = (callback: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
    const cancel = time.timer(ms, () => callback(...given));
    return { cancel, unref: () => {} };
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: (timer?: ReturnType<typeof set>) => timer?.cancel?.() });
  Date.now = () => MIDNIGHT + time.now();
  Math.random = random;
  Object.defineProperty(performance, "now", { configurable: true, value: () => time.now() });

  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout });
    Date.now = now;
    Math.random = unseeded;
    Reflect.deleteProperty(performance, "now");
    restoreCrypto();
  };
}
