import { explore, type Report } from "./search/explore.ts";
import type { World } from "./world/world.ts";
import { worlds } from "./worlds/list.ts";

/** The time limit of each world in the first round, in ms. */
const FIRST = 5_000;
/** The limit of schedules of a larger world, shared by its early alternatives. Ten times as many while there is time. */
const MOST = 20_000;

/**
 * Tries the orders of all worlds: first of worlds with few orders, then of the others for the remaining time.
 * @returns the exit code: 1 if a guarantee is broken.
 */
export async function attack(ms: number, print: (line: string) => void): Promise<number> {
  const end = performance.now() + ms;
  const large: World[] = [];
  let [total, failures] = [0, 0];
  const count = (world: World, report: Report, took: number) => {
    const { schedules, skipped, longest, exhausted, failure } = report;
    total += schedules;
    const all = exhausted ? "all of them" : "not all";
    const rate = Math.round((1_000 * schedules) / took);
    print(
      `${world.name}: ${schedules} schedules (${all}, up to ${longest} steps, ${skipped} beginnings skipped), ${rate}/s`,
    );
    if (failure === undefined) return;
    failures++;
    print(`    ${failure.broken.join("; ")}\n    ${failure.replay}`);
  };
  for (const world of worlds) {
    const start = performance.now();
    const report = await explore(world, { deadline: start + FIRST });
    if (report.exhausted || report.failure !== undefined) count(world, report, performance.now() - start);
    else large.push(world);
  }
  for (const [index, world] of large.entries()) {
    const start = performance.now();
    const share = Math.max(FIRST, (end - start) / (large.length - index));
    const deadline = start + share;
    let best = await explore(world, { schedules: MOST, deadline });
    for (let most = 10 * MOST; isOpen(best) && performance.now() < deadline; most *= 10) {
      const report = await explore(world, { schedules: most, deadline });
      // The larger search repeats the smaller one, so only one of them counts.
      if (report.schedules > best.schedules || !isOpen(report)) best = report;
    }
    count(world, best, performance.now() - start);
  }
  print(`${total} distinct schedules in ${Math.round((performance.now() + ms - end) / 1_000)} s.`);
  return failures === 0 ? 0 : 1;
}

function isOpen({ exhausted, failure }: Report): boolean {
  return !exhausted && failure === undefined;
}
