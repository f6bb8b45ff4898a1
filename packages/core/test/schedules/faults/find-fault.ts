import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Mutation } from "../../mutations/mutation.ts";
import { putBack } from "./put-back.ts";

/** The most schedules of the world that shows a fault. */
const SCHEDULES = 2_000;
/** The same limit per world if all worlds are searched, in rounds. */
const OF_EACH = [100, 400];
/** The longest time for a fault, in ms. */
const PATIENCE = 120_000;

export interface Found {
  /** The string that replays the schedule. Absent: no schedule shows the fault. */
  readonly replay?: string;
  readonly broken: readonly string[];
}

/** Searches the fault's world, or all worlds, for a schedule that shows the fault. Runs in a separate process. */
export async function findFault({ removed }: Mutation): Promise<Found> {
  const main = join(import.meta.dirname, "../main.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [main, "--fault", removed], { timeout: PATIENCE });
  return JSON.parse(stdout) as Found;
}

/**
 * Like `findFault`, in this process. Its core has the fault from then on.
 * @param name the only world to search. Default: all.
 */
export async function findFaultHere(fault: Mutation, name?: string): Promise<Found> {
  putBack(fault);
  const [{ explore }, { worlds }] = await Promise.all([import("../search/explore.ts"), import("../worlds/list.ts")]);
  const chosen = worlds.filter((world) => name === undefined || world.name === name);
  for (const schedules of name === undefined ? OF_EACH : [SCHEDULES]) {
    for (const world of chosen) {
      const { failure } = await explore(world, { schedules });
      if (failure !== undefined) return failure;
    }
  }
  return { broken: [] };
}
