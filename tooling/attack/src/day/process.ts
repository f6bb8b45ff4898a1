import type { TimeLine } from "./machine/time-line.ts";

/** A process of a worker. Once it is killed, it neither sends nor receives anything. */
export interface Process {
  readonly worker: number;
  /** The offset of its wall clock from the vendor's, in ms. */
  readonly clockAhead: number;
  isKilled: boolean;
  /** Its last credential of each account. */
  readonly held: Map<string, string>;
  /** Resolves after `ms` milliseconds, or never if the process is killed first. */
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
