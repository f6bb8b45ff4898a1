// Replaces the values of several keys without end, and says so after each, before it begins the next.
import { fileStore } from "../../../../src/node/file-store/file-store.ts";
import { contentOf } from "./value.ts";

const { directory, from } = JSON.parse(process.argv[2] ?? "") as { directory: string; from: Record<string, number> };
const store = fileStore({ directory });

async function write(key: string, first: number): Promise<never> {
  for (let count = first; ; count++) {
    await store.set(key, contentOf(key, count));
    await new Promise<unknown>((resolve) => process.stdout.write(`${key} ${count}\n`, resolve));
  }
}

await Promise.all(Object.entries(from).map(([key, last]) => write(key, last + 1)));
