import type { SessionStore } from "@vms/core";
import type { Orders, Report } from "./warm-start-processes.ts";

// A program that is started repeatedly: it loads what it needs, creates a session, and calls. Node must strip its types,
// which costs all cases the same.
const { kind, baseUrl, credentials, path, directory, key, redis, headers }: Orders = JSON.parse(process.argv[2] ?? "");

const client = await connected();
const call = kind === "no session" ? bare() : await withSession();
const made = performance.now();
await (await call()).text();
// Node counts from the process's start.
const answered = performance.now();
await (await call()).text();
const report: Report = { fromSession: answered - made, fromStart: answered, second: performance.now() - answered };
client?.destroy();
console.log(JSON.stringify(report));

/** The cost of every new process: Node, and its first `fetch`. */
function bare() {
  return () => fetch(new URL(path, baseUrl), { headers });
}

async function connected() {
  if (kind !== "redis") return undefined;
  const { createClient } = await import("redis");
  return createClient({ url: redis })
    .on("error", () => {})
    .connect();
}

async function withSession() {
  const { createAltaSession } = await import("@vms/alta");
  const store = await storeOf();
  const session = createAltaSession({ baseUrl, credentials, ...(store === undefined ? {} : { store }) });
  return () => session.fetch(path);
}

async function storeOf(): Promise<SessionStore | undefined> {
  if (kind === "no store") return undefined;
  if (client !== undefined) return (await import("@vms/redis")).redisStore(client);
  const { fileStore } = await import("@vms/core/node");
  if (kind === "file") return fileStore({ directory });
  const { encryptedStore } = await import("@vms/core");
  return encryptedStore(fileStore({ directory }), { key: kind === "passphrase" ? key : Buffer.from(key, "base64") });
}
