import { Buffer } from "node:buffer";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { describeBody, describeError, type Observed, outcome } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";

const conditions: Readonly<Record<string, Record<string, string>>> = {
  "if-none-match": { "if-none-match": '"a"' },
  "if-modified-since": { "if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT" },
  "if-unmodified-since": { "If-Unmodified-Since": "Thu, 01 Jan 1970 00:00:00 GMT" },
  "if-match": { "if-match": "*" },
  "if-range": { "if-range": '"a"', range: "bytes=0-1" },
  "cache-control": { "cache-control": "max-age=5" },
  pragma: { pragma: "mine" },
};
const caches = ["default", "no-store", "reload", "no-cache", "force-cache"];

const ranges: Readonly<Record<string, Record<string, string>>> = {
  "a range": { range: "bytes=0-1" },
  "a Range in upper case": { RANGE: "bytes=0-1" },
  "a range and accept-encoding": { range: "bytes=0-1", "Accept-Encoding": "gzip" },
};

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY", "ACME"];
const bodies: Readonly<Record<string, () => unknown>> = {
  "no body": () => undefined,
  "an empty string": () => "",
  "a string": () => "text Ω",
  "no bytes": () => new Uint8Array(0),
  bytes: () => Buffer.from("bytes"),
};

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The error without the port, which differs between runs. */
const withoutPort = (observed: Observed, port: number): Observed =>
  JSON.parse(JSON.stringify(observed).replaceAll(String(port), "PORT"));

const why = () => new RangeError("my own reason");

async function abortedUpload(world: World, body: unknown): Promise<Observed> {
  const reason = why();
  const controller = new AbortController();
  world.answer("zones", (_response, request) => void request.resume(), { early: true });
  const init = { method: "POST", body, duplex: "half", signal: controller.signal };
  const call = outcome(() => world.fetch(world.url("zones"), init), reason);
  await world.arrived("zones");
  controller.abort(reason);
  const result = await call;
  await world.left("zones");
  return result;
}

/** Sent requests, aborts and failures. */
export const callProbes: readonly Probe[] = [
  ...caches.flatMap((cache) =>
    probes(conditions, (world, headers) => world.call("zones", { cache, headers })).map((it) => ({
      ...it,
      name: `the cache mode ${cache} with ${it.name}`,
    })),
  ),
  ...probes(ranges, (world, headers) => world.call("zones", { headers })).map((it) => ({
    ...it,
    name: `a call with ${it.name}`,
  })),
  ...methods.flatMap((method) =>
    probes(bodies, (world, make) => world.call("zones", { method, body: make() })).map((it) => ({
      ...it,
      name: `${method} with ${it.name}`,
    })),
  ),
  ...methods.flatMap((method) => [
    probe(`${method} of a Request`, (world) => outcome(() => world.fetch(new Request(world.url("zones"), { method })))),
    probe(`${method} of a Request with headers and redirect: manual`, (world) => {
      world.answer("zones", (response) => response.writeHead(302, { location: "other" }).end("moved"));
      const request = new Request(world.url("zones"), { method, headers: { "x-own": "1" }, redirect: "manual" });
      return outcome(() => world.fetch(request));
    }),
  ]),
  ...probes(
    {
      "a large string": () => "größe ".repeat(300_000),
      "large bytes": () => Buffer.alloc(3_000_000, "a"),
      "a large Blob": () => new Blob(["a".repeat(3_000_000)]),
      "a large form": () => {
        const form = new FormData();
        form.set("file", new Blob(["a".repeat(3_000_000)]), "a.bin");
        return form;
      },
    },
    (world, make) => world.call("zones", { method: "POST", body: make() }),
  ).map((it) => ({ ...it, name: `an upload of ${it.name}` })),
  ...probes(
    {
      "a large string": () => "a".repeat(30_000_000),
      "large bytes": () => Buffer.alloc(30_000_000),
      "a Blob": () => new Blob(["a".repeat(30_000_000)]),
    },
    (world, make) => abortedUpload(world, make()),
  ).map((it) => ({ ...it, name: `an abort while ${it.name} is uploaded` })),
  probe("an upload that the server answers early", async (world) => {
    world.answer("zones", (response) => response.writeHead(413, { connection: "close" }).end("too large"), {
      early: true,
    });
    const result = await outcome(() => world.fetch(world.url("zones"), { method: "POST", body: "a".repeat(1000) }));
    return result;
  }),
  probe("a port that nobody listens at", async (world) => {
    const port = await closedPort();
    return withoutPort(await outcome(() => world.fetch(`http://127.0.0.1:${port}/`)), port);
  }),
  probe("a port that nobody listens at, with a Request and a body", async (world) => {
    const port = await closedPort();
    const request = new Request(`http://127.0.0.1:${port}/`, { method: "POST", body: "text" });
    return withoutPort(await outcome(() => world.fetch(request)), port);
  }),
  probe("a host that does not exist", (world) => outcome(() => world.fetch("http://made-up.invalid/"))),
  probe("https to a server of http", async (world) => {
    const result = (await outcome(() => world.fetch(world.url("zones").replace("http:", "https:")))) as {
      rejects?: { cause?: { code?: string } };
    };
    return [result.rejects?.cause?.code ?? null];
  }),
  probe("a redirect to a port that nobody listens at", async (world) => {
    const port = await closedPort();
    world.answer("zones", (response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end());
    return withoutPort(await world.call("zones"), port);
  }),
  probe("a redirect to a server that breaks off", (world) => {
    world.answer("zones", (response) => response.writeHead(302, { location: "other" }).end());
    world.answer("other", ({ socket }) => socket?.destroy());
    return world.call("zones");
  }),
  probe("calls one after the other use one connection", async (world) => {
    const ports = new Set<number | undefined>();
    world.answer("zones", (response, request) => {
      ports.add(request.socket.remotePort);
      response.end("hello");
    });
    for (let n = 0; n < 5; n++) await (await world.fetch(world.url("zones"))).text();
    return ports.size;
  }),
  probe("many calls at once", async (world) => {
    const all = await Promise.all(Array.from({ length: 50 }, (_, n) => world.fetch(world.url(`zones?n=${n}`))));
    return (await Promise.all(all.map((response) => describeBody(response)))).length;
  }),
  probe("a connection that the server closes between calls", async (world) => {
    world.answer("zones", (response) => response.writeHead(200, { connection: "close" }).end("hello"));
    return [
      await describeBody(await world.fetch(world.url("zones"))),
      await describeBody(await world.fetch(world.url("zones"))),
    ];
  }),
  probe("an abort while it connects", async (world) => {
    const controller = new AbortController();
    const reason = why();
    const server = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    const connected = new Promise<Socket>((resolve) => server.once("connection", resolve));
    const call = outcome(() => world.fetch(`https://127.0.0.1:${port}/`, { signal: controller.signal }), reason);
    const socket = await connected;
    controller.abort(reason);
    const result = await call;
    socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    return result;
  }),
  probe("an abort after a redirect, of the body", async (world) => {
    const reason = why();
    world.answer("zones", (response) => response.writeHead(302, { location: "other" }).end());
    world.answer("other", (response) => response.write("first "));
    const controller = new AbortController();
    const response = await world.fetch(world.url("zones"), { signal: controller.signal });
    const reading = describeBody(response, reason);
    controller.abort(reason);
    const body = await reading;
    await world.left("other");
    return [body, response.redirected];
  }),
  probe("an abort of a response without a body", async (world) => {
    world.answer("zones", (response) => response.writeHead(204).end());
    const controller = new AbortController();
    const response = await world.fetch(world.url("zones"), { signal: controller.signal });
    controller.abort(why());
    return await describeBody(response);
  }),
  probe("an abort and then json()", async (world) => {
    const reason = why();
    const controller = new AbortController();
    const response = await world.fetch(world.url("zones"), { signal: controller.signal });
    controller.abort(reason);
    return await response.json().catch((error: unknown) => describeError(error, reason));
  }),
  probe("an abort and then clone()", async (world) => {
    const reason = why();
    const controller = new AbortController();
    const response = await world.fetch(world.url("zones"), { signal: controller.signal });
    controller.abort(reason);
    return await describeBody(response.clone(), reason);
  }),
  probe("an abort in a listener of the signal that comes first", async (world) => {
    const controller = new AbortController();
    const order: string[] = [];
    world.answer("zones", () => {});
    controller.signal.addEventListener("abort", () => void order.push("listener"));
    const call = world
      .fetch(world.url("zones"), { signal: controller.signal })
      .catch(() => void order.push("rejected"));
    await world.arrived("zones");
    controller.abort();
    await call;
    await world.left("zones");
    return order;
  }),
];
