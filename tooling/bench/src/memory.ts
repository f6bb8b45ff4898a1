import { fileURLToPath } from "node:url";
import { must } from "@vms-tooling/pack/run";
import { quick } from "./behavior.ts";
import { comparison, type Reasons } from "./comparison.ts";
import { contenders } from "./contenders.ts";
import { kilobytes, table } from "./markdown.ts";
import type { Vendor } from "./vendor.ts";

/** The heap of one more signed-in client, in bytes, by contender. */
export interface Memory {
  /** The number of clients. */
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
  "Besides the headers, a session keeps its record, its validated options, and a few functions that can be destructured.";

export const memoryReasons: Reasons = {
  "session.fetch": PARTS,
  "session.http": `${PARTS} The functions of its ky can be destructured too.`,
  sessionInterceptor: PARTS,
  "session.fetch on nodeFetch": PARTS,
  "session.http on nodeFetch": `${PARTS} The functions of its ky can be destructured too.`,
};

export function memorySection({ clients, heap }: Memory): string {
  const rows = Object.entries(heap).map(([name, bytes]) => [`\`${name}\``, kilobytes(bytes, 1)]);
  const ratio = (one: string, other: string) => (heap[one] ?? Number.NaN) / (heap[other] ?? Number.NaN);
  return `## The memory of a session

Heap per client in KB: ${clients} clients in one process, each signed in and used once.

${table(["program", "KB"], rows)}

${comparison(memoryReasons, ratio, 0.02)}`;
}
