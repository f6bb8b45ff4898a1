// Replaces the values of several keys endlessly, by `set` or by leases, and reports each before it starts the next.
import type { SessionStore } from "../../../../src/contract/session-store.ts";
import { openFileStore } from "../../../../src/node/file-store/file-store.ts";
import type { LockTiming } from "../../../../src/node/file-store/lock.ts";
import { contentOf } from "./value.ts";

interface Orders {
  readonly directory: string;
  readonly from: Record<string, number>;
  readonly way: "set" | "lease";
  readonly timing: LockTiming;
}

const { directory, from, way, timing } = JSON.parse(process.argv[2] ?? "") as Orders;
const store = openFileStore({ directory }, timing) as Required<SessionStore>;

async function write(key: string, first: number, set: SessionStore["set"]): Promise<never> {
  for (let count = first; ; count++) {
    await set(key, contentOf(key, count));
    await new Promise<unknown>((resolve) => process.stdout.write(`${key} ${count}\n`, resolve));
  }
}

const writers = Object.entries(from).map(([key, last]) =>
  way === "set" ? write(key, last + 1, store.set) : store.withLock(key, (lease) => write(key, last + 1, lease.set)),
);
await Promise.all(writers);
