import { fileURLToPath } from "node:url";
import { must } from "@vms-tooling/pack/run";
import { contenders } from "./contenders.ts";
import { quick } from "./manner.ts";
import type { Vendor } from "./vendor.ts";

/** The heap that one more signed-in client holds, in bytes, by the name of a contender. */
export interface Memory {
  /** How many clients were made. */
  readonly clients: number;
  readonly heap: Readonly<Record<string, number>>;
}

/** What a child process is told to do, and what it says. */
export interface MemoryOrders {
  readonly module: string;
  readonly base: string;
  readonly clients: number;
}

export async function measureMemory(vendor: Vendor, clients: number): Promise<Memory> {
  await vendor.behave(quick);
  const heap: Record<string, number> = {};
  for (const { name, module } of contenders) {
    const orders: MemoryOrders = { module, base: vendor.base, clients };
    heap[name] = Number(await inChild("memory-child.ts", orders));
  }
  return { clients, heap };
}

/** Runs a module of this folder in a process whose garbage can be collected at will. */
export function inChild(file: string, orders: unknown): Promise<string> {
  const program = fileURLToPath(new URL(file, import.meta.url));
  return must(process.execPath, ["--expose-gc", "--no-warnings", program, JSON.stringify(orders)]);
}
