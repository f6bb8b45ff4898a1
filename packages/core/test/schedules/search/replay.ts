import { begin } from "../world/run.ts";
import type { World } from "../world/world.ts";

export interface Replayed {
  readonly steps: readonly string[];
  readonly broken: readonly string[];
}

/**
 * Replays a schedule.
 * @param text `<world>: <choices>`, as a failure prints it. After its end, steps run in the order in which they were posted.
 */
export async function replay(worlds: readonly World[], text: string): Promise<Replayed> {
  const [name, choices = ""] = text.split(": ");
  const world = worlds.find((one) => one.name === name);
  if (world === undefined) throw new RangeError(`There is no world "${name}".`);
  const numbers = choices.split(".").map(Number);
  const run = await begin(world);
  const steps: string[] = [];
  for (let [depth, ready] = [0, run.ready()]; ready.length > 0 && run.broken.length === 0; depth++) {
    const step = ready[numbers[depth] ?? 0];
    if (step === undefined) throw new RangeError(`There is no choice ${numbers[depth]} at step ${depth + 1}.`);
    steps.push(step.key);
    await run.take(step);
    ready = run.ready();
  }
  if (run.broken.length === 0) {
    steps.push("everything comes to rest, and each session makes a plain call");
    await run.end();
  }
  return { steps, broken: [...run.broken] };
}
