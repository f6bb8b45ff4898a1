// Takes the lock of one key, prints `held`, and keeps the lock until it is lost or a line arrives.
import { once } from "node:events";
import type { SessionStore } from "../../../../src/contract/session-store.ts";
import { openFileStore } from "../../../../src/node/file-store/file-store.ts";

const { directory, timing } = JSON.parse(process.argv[2] ?? "");
const store = openFileStore({ directory }, timing) as Required<SessionStore>;

process.stdout.write("waiting\n");
const outcome = await store.withLock("session", async ({ signal: lost }) => {
  process.stdout.write("held\n");
  const ways = [
    once(lost, "abort").then(() => lost.reason.message),
    once(process.stdin, "data").then(() => "told to end"),
  ];
  const outcome = await Promise.race(ways);
  return `${outcome}, ${lost.aborted ? "lost" : "still held"}`;
});
process.stdout.write(`${outcome}\n`);
process.stdin.destroy();
