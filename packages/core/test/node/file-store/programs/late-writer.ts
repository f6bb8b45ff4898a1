// Takes the lock of one key, prints `held`, writes with its lease on a signal, and prints the result.
import { once } from "node:events";
import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import type { SessionStore } from "../../../../src/contract/session-store.ts";
import { openFileStore } from "../../../../src/node/file-store/file-store.ts";

const { directory, timing, suspendBefore } = JSON.parse(process.argv[2] ?? "");

if (suspendBefore === "rename") {
  const { rename } = fs;
  fs.rename = (from, to) => {
    // The process stops here, and continues at its parent's signal.
    if (String(from).endsWith(".value")) {
      process.stdout.write("about to rename\n");
      process.kill(process.pid, "SIGSTOP");
    }
    return rename(from, to);
  };
  syncBuiltinESMExports();
}

const store = openFileStore({ directory }, timing) as Required<SessionStore>;
await store.withLock("session", async (lease) => {
  process.stdout.write("held\n");
  await once(process.stdin, "data");
  const outcome = await lease.set("session", "late").then(
    () => "written",
    (error) => `${error.code}, retryable: ${error.retryable}, ${error.message}`,
  );
  process.stdout.write(`${outcome}\n`);
});
process.stdin.destroy();
