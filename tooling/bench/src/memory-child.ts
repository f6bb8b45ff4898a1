import type { Client, Open } from "./clients/client.ts";
import { collectHeap } from "./collect-heap.ts";
import type { MemoryOrders } from "./memory.ts";

// Many clients in one process, each signed in and used once. Some are created before the first measurement, so that shared
// parts do not count.
const { module, base, clients }: MemoryOrders = JSON.parse(process.argv[2] ?? "");
const { open }: { open: Open } = await import(new URL(`clients/${module}.ts`, import.meta.url).href);
const all: Client[] = [];

async function make(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const client = await open(base);
    await client.call();
    all.push(client);
  }
}

await make(500);
const before = await collectHeap();
await make(clients);
console.log(((await collectHeap()) - before) / clients);
process.exit();
