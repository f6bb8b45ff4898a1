import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** Starts `vms simulator`, and waits until it serves. */
export async function startSimulator(vms: string, env: Readonly<Record<string, string>>): Promise<AsyncDisposable> {
  const simulator = spawn(vms, ["simulator", "--json"], { env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(simulator, "exit");
  const first = once(createInterface({ input: simulator.stdout }), "line");
  await Promise.race([
    first,
    ended.then(([status]) => {
      throw new Error(`vms simulator exited with ${status}.`);
    }),
  ]);
  return {
    async [Symbol.asyncDispose]() {
      simulator.kill();
      await ended;
    },
  };
}
