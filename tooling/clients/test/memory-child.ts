// Sends and receives long streams with each client, and prints the growth of memory in MB. Needs `--expose-gc`.
import { setImmediate as nextTurn } from "node:timers/promises";
import { createAltaSession } from "@vms/alta";
import type { Client, Signed } from "../src/client.ts";
import { clients } from "../src/index.ts";
import { bare } from "./bare.ts";

const LONG = 200_000_000;
/** The size of a body that Node's `fetch` buffers. */
const KEPT = 50_000_000;
const CHUNK = 65_536;
/** The bytes between two measurements. */
const STEP = 10_000_000;

const { VMS_ALTA_URL: baseUrl = "", VMS_PUBLIC_URL: publicUrl = "", VMS_ALTA_USERNAME: username = "" } = process.env;
const { VMS_ALTA_PASSWORD: password = "" } = process.env;

let peak = { rss: 0, external: 0 };

async function measure(): Promise<void> {
  // Buffers are freed between turns of the event loop.
  await nextTurn();
  globalThis.gc?.();
  await nextTurn();
  const { rss, external } = process.memoryUsage();
  peak = { rss: Math.max(peak.rss, rss), external: Math.max(peak.external, external) };
}

function measuredStream(bytes: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let left = bytes;
  return new ReadableStream({
    async pull(controller) {
      if (left % STEP < CHUNK) await measure();
      controller.enqueue(new Uint8Array(Math.min(CHUNK, left)));
      left -= CHUNK;
      if (left <= 0) controller.close();
    },
  });
}

async function download(client: Client, bytes: number): Promise<void> {
  const stream = await client.download?.(`download/${bytes}`);
  if (stream === undefined) throw new Error("no stream");
  let received = 0;
  for await (const chunk of stream as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
    received += chunk.byteLength;
    if (received % STEP < chunk.byteLength) await measure();
  }
  if (received !== bytes) throw new Error("incomplete");
}

async function growthOf(
  bytes: number,
  run: (bytes: number) => Promise<unknown>,
): Promise<{ rss: number; external: number }> {
  await run(5_000_000);
  peak = { rss: 0, external: 0 };
  await measure();
  const before = peak;
  await run(bytes);
  return { rss: (peak.rss - before.rss) / 1e6, external: (peak.external - before.external) / 1e6 };
}

/** Node does not buffer a stream that no redirect can repeat. */
function unkept({ fetch, http }: Signed): Signed {
  const options = { redirect: "error" } as const;
  return { http: http.extend(options), fetch: (input, init) => fetch(input, { ...init, ...options }) };
}

function clientOf(name: string, signed: Signed, origin: string): Client {
  const kind = clients.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`no client ${name}`);
  return kind.create(origin, signed);
}

async function upload(client: Client, bytes: number): Promise<void> {
  await client.upload?.("echo", measuredStream(bytes));
}

await using session = createAltaSession({ baseUrl, credentials: { username, password } });
await session.login();
const growth: Record<string, object> = {};
for (const name of ["session.fetch", "session.http", "openapi-fetch"]) {
  const client = clientOf(name, unkept(session), baseUrl);
  growth[name] = {
    up: await growthOf(LONG, (bytes) => upload(client, bytes)),
    down: await growthOf(LONG, (bytes) => download(client, bytes)),
    kept: await growthOf(KEPT, (bytes) => upload(clientOf(name, session, baseUrl), bytes)),
  };
}
const plain = clientOf("session.fetch", bare(publicUrl), publicUrl);
growth.bare = { kept: await growthOf(KEPT, (bytes) => upload(plain, bytes)) };
console.log(JSON.stringify(growth));
