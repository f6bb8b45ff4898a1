import { setTimeout } from "node:timers/promises";

/** Collects garbage and returns the heap in use, in bytes. Needs `--expose-gc`. */
export async function collectHeap(): Promise<number> {
  // Several collections with pauses: an object that one collection finalizes is freed by the next.
  for (let times = 0; times < 5; times++) {
    await setTimeout(20);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}
