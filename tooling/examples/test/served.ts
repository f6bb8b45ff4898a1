import { createSimulator, type Simulator } from "@vms/simulator";
import { type ServedSimulator, serveAll } from "@vms/simulator/node";
import { afterEach } from "vitest";

const open: ServedSimulator[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((served) => served.close()));
});

/** Serves all vendors on free ports until the test ends. */
export async function served(
  options: Parameters<typeof createSimulator>[0] = {},
): Promise<{ simulator: Simulator; at: ServedSimulator }> {
  const simulator = createSimulator(options);
  const at = await serveAll(simulator);
  open.push(at);
  return { simulator, at };
}
