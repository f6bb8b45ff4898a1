import { setTimeout } from "node:timers/promises";

/** The heap in use when all garbage is gone, in bytes. Needs `--expose-gc`. */
export async function collectedHeap(): Promise<number> {
  // More than once and with some time between, as what was finalized in one collection is only free in the next.
  for (let times = 0; times < 5; times++) {
    await setTimeout(20);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}
