import { AsyncLocalStorage } from "node:async_hooks";

const clocks = new AsyncLocalStorage<{ now(): number }>();
const real = performance.now.bind(performance);

/**
 * Lets time pass by a simulated clock for the rest of this run, for sessions that measure durations. Several runs with clocks
 * of their own can be in progress.
 */
export function followClock(clock: { now(): number }): void {
  clocks.enterWith(clock);
  Object.defineProperty(performance, "now", {
    configurable: true,
    value: () => clocks.getStore()?.now() ?? real(),
  });
}
