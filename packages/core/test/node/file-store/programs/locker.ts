// Takes the lock of one key repeatedly, and checks each time that it is the only holder.
import { open, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SessionStore } from "../../../../src/contract/session-store.ts";
import { openFileStore } from "../../../../src/node/file-store/file-store.ts";

const { directory, beside, rounds, timing } = JSON.parse(process.argv[2] ?? "");
const store = openFileStore({ directory }, timing) as Required<SessionStore>;
const marker = join(beside, "inside");
const counter = join(beside, "counter");

for (let round = 0; round < rounds; round++) {
  await store.withLock("session", async () => {
    const handle = await open(marker, "wx").catch(() => undefined);
    if (handle === undefined) process.stdout.write("overlap\n");
    await handle?.close();
    const count = Number(await readFile(counter, "utf8"));
    await writeFile(counter, String(count + 1));
    await rm(marker, { force: true });
  });
}
