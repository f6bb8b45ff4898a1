import type { ServerResponse } from "node:http";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { describeBody, describeError, type Observed } from "../observe.ts";
import { type Probe, probe, probes } from "../probe.ts";

const TEXT = "hello größe ".repeat(40);
const JSON_TEXT = JSON.stringify({ hello: "größe", list: [1, 2, 3] });
// Incompressible, so the compressed body is long too.
const LONG = Array.from({ length: 40_000 }, (_, n) => ((n * 2_654_435_761) % 4_294_967_296).toString(36)).join(" ");

type Encode = (text: string) => Buffer;

const encoders: Readonly<Record<string, Encode>> = {
  gzip: (text) => gzipSync(text),
  deflate: (text) => deflateSync(text),
  "raw deflate": (text) => deflateRawSync(text),
  br: (text) => brotliCompressSync(text),
  zstd: (text) => zstdCompressSync(text),
};

const nameOf = (kind: string) => kind.replace("raw ", "");

function send(response: ServerResponse, coding: string, bytes: Uint8Array, type = "application/json"): void {
  response.writeHead(200, { "content-encoding": coding, "content-type": type, "content-length": bytes.length });
  response.end(bytes);
}

/** Sends bytes in several packets. */
async function drip(response: ServerResponse, coding: string, bytes: Buffer): Promise<void> {
  response.writeHead(200, { "content-encoding": coding });
  const third = Math.ceil(bytes.length / 3);
  for (let at = 0; at < bytes.length; at += third) {
    await new Promise<void>((resolve) => response.write(bytes.subarray(at, at + third), () => setImmediate(resolve)));
  }
  response.end();
}

const readers: Readonly<Record<string, (response: Response) => Promise<unknown>>> = {
  "json()": (response) => response.json(),
  "bytes()": async (response) => (await response.bytes()).length,
  "arrayBuffer()": async (response) => (await response.arrayBuffer()).byteLength,
  "blob()": async (response) => (await response.blob()).text(),
  "a stream": async (response) => new Response(response.body).text(),
  "a clone": async (response) => [await response.clone().text(), await response.text()],
};

const lists: Readonly<Record<string, [coding: string, body: () => Buffer]>> = {
  "gzip in upper case": ["GZIP", () => gzipSync(TEXT)],
  "gzip with spaces": [" gzip ", () => gzipSync(TEXT)],
  "gzip twice": ["gzip, gzip", () => gzipSync(gzipSync(TEXT))],
  "deflate and gzip": ["deflate, gzip", () => gzipSync(deflateSync(TEXT))],
  "raw deflate and br": ["deflate,br", () => brotliCompressSync(deflateRawSync(TEXT))],
  "gzip and raw deflate": ["gzip, deflate", () => deflateRawSync(gzipSync(TEXT))],
  "zstd and gzip": ["zstd, gzip", () => gzipSync(zstdCompressSync(TEXT))],
  "five codings": [
    "gzip, gzip, gzip, gzip, gzip",
    () => [1, 2, 3, 4, 5].reduce<Buffer>((b) => gzipSync(b), Buffer.from(TEXT)),
  ],
  "gzip and identity": ["gzip, identity", () => gzipSync(TEXT)],
  "gzip and an unknown coding": ["gzip, acme", () => gzipSync(TEXT)],
  compress: ["compress", () => Buffer.from(TEXT)],
  "an empty name": [",", () => Buffer.from(TEXT)],
  "gzip of two members": ["gzip", () => Buffer.concat([gzipSync("one "), gzipSync("two")])],
  "gzip with bytes behind it": ["gzip", () => Buffer.concat([gzipSync(TEXT), Buffer.from("garbage")])],
  "gzip without its checksum": ["gzip", () => gzipSync(TEXT).subarray(0, -8)],
  "gzip of nothing": ["gzip", () => gzipSync("")],
  "deflate of nothing": ["deflate", () => deflateSync("")],
  "br of nothing": ["br", () => brotliCompressSync("")],
  "no bytes as br": ["br", () => Buffer.alloc(0)],
  "no bytes as deflate": ["deflate", () => Buffer.alloc(0)],
  "no bytes as zstd": ["zstd", () => Buffer.alloc(0)],
  "a text as br": ["br", () => Buffer.from(TEXT)],
  "a text as deflate": ["deflate", () => Buffer.from(TEXT)],
  "a text as zstd": ["zstd", () => Buffer.from(TEXT)],
  "br that is cut off": ["br", () => brotliCompressSync(LONG).subarray(0, 5000)],
  "deflate that is cut off": ["deflate", () => deflateSync(TEXT).subarray(0, 20)],
  "zstd that is cut off": ["zstd", () => zstdCompressSync(TEXT).subarray(0, 20)],
  "gzip that is damaged within": [
    "gzip",
    () => {
      const bytes = gzipSync(LONG);
      bytes.fill(0xff, 2000, 3000);
      return bytes;
    },
  ],
  "a bomb": ["gzip", () => gzipSync(Buffer.alloc(5_000_000))],
};

async function readStream(response: Response): Promise<Observed> {
  try {
    return (await new Response(response.body).text()).length;
  } catch (error) {
    return { rejects: describeError(error) };
  }
}

/** Every content coding, read in every way. */
export const encodingProbes: readonly Probe[] = [
  ...Object.entries(encoders).flatMap(([kind, encode]) => [
    ...probes(readers, async (world, read) => {
      world.answer("zones", (response) => send(response, nameOf(kind), encode(JSON_TEXT)));
      return await read(await world.fetch(world.url("zones")));
    }).map((it) => ({ ...it, name: `${kind} is read by ${it.name}` })),
    probe(`a long body in ${kind}`, (world) => {
      world.answer("zones", (response) => send(response, nameOf(kind), encode(LONG)));
      return world.call("zones");
    }),
    probe(`a long body in ${kind} is read by text()`, async (world) => {
      world.answer("zones", (response) => send(response, nameOf(kind), encode(LONG)));
      return await describeBody(await world.fetch(world.url("zones")));
    }),
    probe(`a body in ${kind} that arrives in parts`, async (world) => {
      world.answer("zones", (response) => void drip(response, nameOf(kind), encode(TEXT)));
      return await describeBody(await world.fetch(world.url("zones")));
    }),
    probe(`a body in ${kind} that arrives in parts, as a stream`, (world) => {
      world.answer("zones", (response) => void drip(response, nameOf(kind), encode(TEXT)));
      return world.call("zones");
    }),
    probe(`an error status in ${kind}`, (world) => {
      world.answer("zones", (response) => {
        response.writeHead(500, { "content-encoding": nameOf(kind) }).end(encode(TEXT));
      });
      return world.call("zones");
    }),
    probe(`a 206 in ${kind}`, (world) => {
      world.answer("zones", (response) => {
        response.writeHead(206, { "content-encoding": nameOf(kind) }).end(encode(TEXT));
      });
      return world.call("zones", { headers: { range: "bytes=0-10" } });
    }),
  ]),
  ...probes(lists, async (world, [coding, body]) => {
    world.answer("zones", (response) => send(response, coding, body()));
    return await describeBody(await world.fetch(world.url("zones")));
  }).map((it) => ({ ...it, name: `a response in ${it.name}` })),
  ...probes(lists, async (world, [coding, body]) => {
    world.answer("zones", (response) => send(response, coding, body()));
    return await readStream(await world.fetch(world.url("zones")));
  }).map((it) => ({ ...it, name: `a stream in ${it.name}` })),
  ...probes({ "a 204": 204, "a 304": 304, "a 205": 205 }, (world, status) => {
    world.answer("zones", (response) => response.writeHead(status, { "content-encoding": "gzip" }).end());
    return world.call("zones");
  }).map((it) => ({ ...it, name: `${it.name} with a content-encoding` })),
  probe("a HEAD with content-encoding and length", (world) => {
    world.answer("zones", (response) => {
      response.writeHead(200, { "content-encoding": "br", "content-length": "500" }).end();
    });
    return world.call("zones", { method: "HEAD" });
  }),
  probe("two headers content-encoding", (world) => {
    world.answer("zones", (response) => {
      response
        .writeHead(200, ["content-encoding", "deflate", "content-encoding", "gzip"])
        .end(gzipSync(deflateSync(TEXT)));
    });
    return world.call("zones");
  }),
  probe("a redirect in gzip", (world) => {
    world.answer("zones", (response) => {
      response.writeHead(302, { location: "other", "content-encoding": "gzip" }).end("not gzip at all");
    });
    return world.call("zones");
  }),
  probe("a redirect in gzip with redirect: manual", (world) => {
    world.answer("zones", (response) => {
      response.writeHead(302, { location: "other", "content-encoding": "gzip" }).end(gzipSync(TEXT));
    });
    return world.call("zones", { redirect: "manual" });
  }),
  ...probes({ "a gzip body": "gzip", "a br body": "br" }, async (world, coding) => {
    world.answer("zones", (response) => {
      response.writeHead(200, { "content-encoding": coding });
      response.write(encoders[coding]?.(LONG).subarray(0, 3000));
    });
    const controller = new AbortController();
    const reason = new RangeError("my own reason");
    const response = await world.fetch(world.url("zones"), { signal: controller.signal });
    const reading = describeBody(response, reason);
    controller.abort(reason);
    const body = await reading;
    await world.left("zones");
    return body;
  }).map((it) => ({ ...it, name: `an abort while ${it.name} is read` })),
  probe("a cancelled stream in gzip", async (world) => {
    world.answer("zones", (response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.write(gzipSync(LONG).subarray(0, 30_000));
    });
    const response = await world.fetch(world.url("zones"));
    const reader = response.body?.getReader();
    const { done } = (await reader?.read()) ?? {};
    await reader?.cancel("enough");
    await world.left("zones");
    return [done, response.bodyUsed];
  }),
  probe("a body in gzip whose connection breaks", async (world) => {
    world.answer("zones", (response) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": "5000" });
      response.write(gzipSync(LONG).subarray(0, 3000), () => response.destroy());
    });
    return await describeBody(await world.fetch(world.url("zones")));
  }),
];
