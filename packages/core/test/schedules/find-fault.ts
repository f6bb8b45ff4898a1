import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Mutation } from "../mutations/mutation.ts";
import { putBack } from "./put-back.ts";

/** The most schedules of each world that are tried for a fault. */
const SCHEDULES = 1_500;
/** The longest time for a fault, in ms. */
const PATIENCE = 120_000;

/** What a search found. */
export interface Found {
  /** The string that replays the schedule. Absent: no schedule shows the fault. */
  readonly replay?: string;
  readonly broken: readonly string[];
}

/** Searches all worlds for a schedule that shows a fault, in a process of its own. */
export function findFault({ removed }: Mutation): Found {
  const main = join(import.meta.dirname, "main.ts");
  const options = { encoding: "utf8", timeout: PATIENCE } as const;
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, "--fault", removed], options);
  if (status !== 0) throw new Error(`The search for "${removed}" failed: ${stderr}`);
  return JSON.parse(stdout) as Found;
}

/** The same in this process, whose core has the fault from then on. */
export async function findFaultHere(fault: Mutation): Promise<Found> {
  putBack(fault);
  const [{ explore }, { worlds }] = await Promise.all([import("./explore.ts"), import("./worlds/list.ts")]);
  // First a little of each world.
  for (const schedules of [SCHEDULES / 10, SCHEDULES]) {
    for (const world of worlds) {
      const { failure } = await explore(world, { schedules });
      if (failure !== undefined) return failure;
    }
  }
  return { broken: [] };
}
