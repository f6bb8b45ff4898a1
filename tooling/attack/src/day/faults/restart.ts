import { between } from "../../soak/random.ts";
import { startProcess } from "../worker.ts";
import type { World } from "../world.ts";

/** Restarts all workers at the same time. Half of them are killed, and the others close their sessions. */
export function restartWorkers(world: World): void {
  const { plan, time, random, trace, workers } = world;
  time.timer(plan.faults.restart, () => {
    for (const worker of workers) {
      trace.add(time.now(), "restart", worker.index);
      const { running } = worker;
      worker.running = undefined;
      if (worker.index % 2 === 0 && running !== undefined) running.process.isKilled = true;
      else running?.pool.closeAll().catch(() => {});
      time.timer(between(random, 1_000, 20_000), () => startProcess(world, worker));
    }
  });
}
