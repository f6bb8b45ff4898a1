// Sends and receives 200 MB with each client, and prints how much memory grew, in MB. It runs with `--expose-gc`.
import { setImmediate as nextTurn } from "node:timers/promises";
import { createAltaSession } from "@vms/alta";
import type { Client, Signed } from "../src/client.ts";
import { clients } from "../src/index.ts";
import { bare } from "./bare.ts";

const BYTES = 200_000_000;
const CHUNK = 65_536;
/** How much is sent between two measurements. */
const STEP = 20_000_000;

const { VMS_ALTA_URL: baseUrl = "", VMS_PUBLIC_URL: publicUrl = "", VMS_ALTA_USERNAME: username = "" } = process.env;
const { VMS_ALTA_PASSWORD: password = "" } = process.env;

let peak = { rss: 0, external: 0 };

async function measure(): Promise<void> {
  // Buffers are freed between turns.
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

async function growthOf(run: (bytes: number) => Promise<unknown>): Promise<{ rss: number; external: number }> {
  await run(5_000_000);
  peak = { rss: 0, external: 0 };
  await measure();
  const before = peak;
  await run(BYTES);
  return { rss: (peak.rss - before.rss) / 1e6, external: (peak.external - before.external) / 1e6 };
}

/** What Node needs to send a stream without keeping it: no redirects, and nobody to ask for a password. */
function unkept({ fetch, http }: Signed): Signed {
  return { http, fetch: (input, init) => fetch(input, { ...init, redirect: "error", window: null }) };
}

async function measureClient(signed: Signed, name: string, origin: string) {
  const kind = clients.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`no client ${name}`);
  const client = kind.create(origin, signed);
  const up = await growthOf((bytes) => client.upload?.("echo", measuredStream(bytes)) ?? Promise.reject());
  return { up, down: await growthOf((bytes) => download(client, bytes)) };
}

await using session = createAltaSession({ baseUrl, credentials: { username, password } });
await session.login();
const growth: Record<string, object> = {};
for (const name of ["session.fetch", "openapi-fetch"]) {
  growth[`${name}, unkept`] = await measureClient(unkept(session), name, baseUrl);
}
for (const name of ["session.fetch", "session.http", "openapi-fetch"]) {
  growth[name] = await measureClient(session, name, baseUrl);
}
growth["bare fetch"] = await measureClient(bare(publicUrl), "session.fetch", publicUrl);
console.log(JSON.stringify(growth));
