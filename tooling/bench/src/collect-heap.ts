import { setTimeout } from "node:timers/promises";

/** Collects garbage and returns the heap in use, in bytes. Needs `--expose-gc`. */
export async function collectHeap(): Promise<number> {
  // Several times with pauses, because an object that is finalized in one collection is freed in the next.
  for (let times = 0; times < 5; times++) {
    await setTimeout(20);
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}
