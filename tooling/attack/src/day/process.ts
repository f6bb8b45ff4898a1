import type { TimeLine } from "./machine/time-line.ts";

/** A process of a worker. Nothing reaches it, and it reaches nothing, after it was killed. */
export interface Process {
  readonly worker: number;
  /** How far its wall clock is ahead of the vendor's, in ms. */
  readonly clockAhead: number;
  isKilled: boolean;
  /** The credential that it last had of each account. */
  readonly held: Map<string, string>;
  /** Resolves after `ms` milliseconds, or never if the process is killed before. */
  pass(ms: number): Promise<void>;
}

export function createProcess(time: TimeLine, worker: number, clockAhead: number): Process {
  const process: Process = {
    worker,
    clockAhead,
    isKilled: false,
    held: new Map(),
    pass: (ms) =>
      new Promise((resolve) => {
        time.timer(ms, () => {
          if (!process.isKilled) resolve();
        });
      }),
  };
  return process;
}
