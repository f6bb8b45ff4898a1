import { fileURLToPath } from "node:url";
import { must } from "@vms-tooling/pack/run";
import { quick } from "./behavior.ts";
import { comparison, type Reasons } from "./comparison.ts";
import { contenders } from "./contenders.ts";
import { kilobytes, table } from "./markdown.ts";
import type { Vendor } from "./vendor.ts";

/** The heap of one more signed-in client, in bytes, by the name of a contender. */
export interface Memory {
  /** How many clients were made. */
  readonly clients: number;
  readonly heap: Readonly<Record<string, number>>;
}

/** The input of the child process. */
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

/** Runs a module of this folder in a process with `--expose-gc`. */
export function inChild(file: string, orders: unknown): Promise<string> {
  const program = fileURLToPath(new URL(file, import.meta.url));
  return must(process.execPath, ["--expose-gc", "--no-warnings", program, JSON.stringify(orders)]);
}

const PARTS =
  "In addition to the sent headers, a session holds its record, its checked options, and a few functions, which can be destructured.";

export const memoryReasons: Reasons = {
  "session.fetch": PARTS,
  "session.http": `${PARTS} So do those of its ky.`,
  sessionInterceptor: PARTS,
  "session.fetch on nodeFetch": PARTS,
  "session.http on nodeFetch": `${PARTS} So do those of its ky.`,
};

export function memorySection({ clients, heap }: Memory): string {
  const rows = Object.entries(heap).map(([name, bytes]) => [`\`${name}\``, kilobytes(bytes, 1)]);
  const ratio = (one: string, other: string) => (heap[one] ?? Number.NaN) / (heap[other] ?? Number.NaN);
  return `## The memory of a session

${clients} clients in one process, each signed in and used once. KB of heap per client.

${table(["program", "KB"], rows)}

${comparison(memoryReasons, ratio, 0.02)}`;
}
