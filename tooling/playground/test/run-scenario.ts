import { Worker } from "node:worker_threads";
import type { Verdict } from "../src/checks/guarantees.ts";
import type { Scenario } from "../src/scenario/scenario.ts";

/** What a run printed and showed. */
export interface Outcome {
  readonly scenario: Scenario;
  readonly lines: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly logins: number;
  /** The guarantee that each line shows. */
  readonly shown: readonly (number | undefined)[];
}

/** Runs a scenario to its end, in a thread of its own: a world replaces the globals. */
export function runScenario(address: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("run-thread.ts", import.meta.url), { workerData: address });
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}
