import { Readable } from "node:stream";
import { runInNewContext } from "node:vm";
import * as undici from "undici";
import { describeError, type Observed, outcome } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";

const bytes = (text = "bytes Ω") => new TextEncoder().encode(text);

function streamOf(...chunks: unknown[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

function formOf(...fields: [name: string, value: string | Blob, file?: string][]): FormData {
  const form = new FormData();
  for (const [name, value, file] of fields) {
    if (typeof value === "string") form.append(name, value);
    else form.append(name, value, file);
  }
  return form;
}

/** Bodies that can be sent again without a copy. */
export const repeatable: Readonly<Record<string, () => unknown>> = {
  "a string": () => "text Ω 東",
  "an empty string": () => "",
  "a string with half of a surrogate pair": () => "a\ud800b",
  "a String object": () => new String("text"),
  "a Uint8Array": () => bytes(),
  "an empty Uint8Array": () => new Uint8Array(0),
  "a part of a Uint8Array": () => bytes("0123456789").subarray(2, 5),
  "a Buffer": () => Buffer.from("buffer"),
  "a Float64Array": () => new Float64Array([1, 2]),
  "a DataView": () => new DataView(bytes("0123456789").buffer, 2, 3),
  "an ArrayBuffer": () => bytes().buffer,
  "a Uint8Array over a SharedArrayBuffer": () => new Uint8Array(new SharedArrayBuffer(4)),
  "a SharedArrayBuffer": () => new SharedArrayBuffer(4),
  "a resizable ArrayBuffer": () => new ArrayBuffer(4, { maxByteLength: 8 }),
  "a Uint8Array of another realm": () => runInNewContext("new Uint8Array([65, 66])"),
  "an ArrayBuffer of another realm": () => runInNewContext("new Uint8Array([65, 66]).buffer"),
  "a Blob": () => new Blob(["blob"]),
  "a Blob with a type": () => new Blob(["blob"], { type: "text/css" }),
  "an empty Blob": () => new Blob([]),
  "a part of a Blob": () => new Blob(["0123456789"]).slice(2, 5),
  "a File": () => new File(["file"], "a.txt", { type: "text/plain" }),
  "a large Blob": () => new Blob(["a".repeat(300_000)]),
  "a FormData with fields": () => formOf(["a", "1"], ["b Ω", 'x"y\r\nz'], ["a", "2"]),
  "a FormData with files": () =>
    formOf(["a", new Blob(["x"]), "n Ω.txt"], ["b", new File(["y"], "m.css", { type: "text/css" })]),
  "an empty FormData": () => new FormData(),
  URLSearchParams: () =>
    new URLSearchParams([
      ["a", "1 2"],
      ["a", "東&="],
    ]),
  "empty URLSearchParams": () => new URLSearchParams(),
  null: () => null,
  undefined: () => undefined,
  "a number": () => 42,
  zero: () => 0,
  true: () => true,
  "a plain object": () => ({ a: 1 }),
  "an array": () => [1, 2],
  "an object with toString": () => ({ toString: () => "mine" }),
  "a Date": () => new Date(0),
  "a symbol": () => Symbol("mine"),
  "a Response": () => new Response("text"),
  "a FormData of undici": () => {
    const form = new undici.FormData();
    form.append("a", "1");
    return form;
  },
  "a subclass of URLSearchParams": () => new (class Own extends URLSearchParams {})({ a: "1" }),
  "a subclass of Uint8Array": () => new (class Own extends Uint8Array {})([65, 66]),
};

/** Bodies that can be sent only once. */
export const streams: Readonly<Record<string, () => unknown>> = {
  "a ReadableStream": () => streamOf(bytes("a"), bytes("b")),
  "a ReadableStream of bytes": () =>
    new ReadableStream({
      type: "bytes",
      start(controller) {
        controller.enqueue(bytes("ab"));
        controller.close();
      },
    }),
  "an empty ReadableStream": () => streamOf(),
  "a ReadableStream of strings": () => streamOf("a", "b"),
  "a ReadableStream that fails": () => {
    let count = 0;
    return new ReadableStream({
      pull(controller) {
        if (count++ === 0) controller.enqueue(bytes("a"));
        else controller.error(new RangeError("my own error"));
      },
    });
  },
  "a ReadableStream that failed before": () =>
    new ReadableStream({ start: (controller) => controller.error(new RangeError("my own error")) }),
  "a locked ReadableStream": () => {
    const stream = streamOf(bytes("a"));
    stream.getReader();
    return stream;
  },
  "a ReadableStream that was read": async () => {
    const stream = streamOf(bytes("a"), bytes("b"));
    const reader = stream.getReader();
    await reader.read();
    reader.releaseLock();
    return stream;
  },
  "an async generator": () =>
    (async function* () {
      yield bytes("a");
      yield bytes("b");
    })(),
  "an async iterable of strings": () => ({
    async *[Symbol.asyncIterator]() {
      yield "a";
    },
  }),
  "a Readable of Node": () => Readable.from([bytes("a"), bytes("b")]),
  "a Readable of Node with strings": () => Readable.from(["a", "b"]),
  "a Readable of Node that fails": () =>
    new Readable({
      read() {
        this.destroy(new RangeError("my own error"));
      },
    }),
  "the body of a Response": () => new Response("text").body,
  "the stream of a Blob": () => new Blob(["blob"]).stream(),
};

async function sendBody(world: World, body: unknown, init: object = {}): Promise<Observed> {
  const result = await world.call("zones", { method: "POST", body, duplex: "half", ...init });
  if (!(body instanceof ReadableStream)) return result;
  return { result, locked: body.locked };
}

const named = <T>(cases: Readonly<Record<string, T>>, what: string) =>
  Object.fromEntries(Object.entries(cases).map(([name, value]) => [`${what} ${name}`, value]));

export const bodyProbes: readonly Probe[] = [
  ...probes(named({ ...repeatable, ...streams }, "a body that is"), async (world, make) =>
    sendBody(world, await make()),
  ),
  ...probes(
    named(
      {
        "a string": () => "text" as unknown,
        "a Blob": () => new Blob(["a"], { type: "text/css" }),
        "a FormData": () => formOf(["a", "1"]),
        URLSearchParams: () => new URLSearchParams({ a: "1" }),
        "a ReadableStream": () => streamOf(bytes("a")),
      },
      "an own content-type and",
    ),
    (world, make) => sendBody(world, make(), { headers: { "Content-Type": "acme/own" } }),
  ),
  ...probes(
    {
      "a GET with a body": "GET",
      "a HEAD with a body": "HEAD",
      "a DELETE with a body": "DELETE",
      "a QUERY with a body": "QUERY",
    },
    (world, method) => sendBody(world, "text", { method }),
  ),
  probe("a GET with an empty body", (world) => sendBody(world, "", { method: "GET" })),
  ...probes({ PUT: "PUT", PATCH: "PATCH", POST: "POST" }, (world, method) => world.call("zones", { method })).map(
    (it) => ({ ...it, name: `a ${it.name} without a body` }),
  ),
  probe("a stream without duplex", (world) => sendBody(world, streamOf(bytes("a")), { duplex: undefined })),
  probe("a stream with keepalive", (world) => sendBody(world, streamOf(bytes("a")), { keepalive: true })),
  probe("a stream with a content-length", (world) =>
    sendBody(world, streamOf(bytes("text")), { headers: { "content-length": "4" } }),
  ),
  probe("a stream is cancelled or kept like this after an invalid header", async (world) => {
    const log: string[] = [];
    const body = new ReadableStream(
      { cancel: () => void log.push("cancelled"), pull: () => void log.push("pulled") },
      { highWaterMark: 0 },
    );
    const result = await sendBody(world, body, { headers: { "x own": "1" } });
    return { result, log };
  }),
  probe("a body that is changed after the call", async (world) => {
    const body = bytes("before");
    const result = sendBody(world, body);
    body.fill(65);
    return await result;
  }),
  probe("a form that is changed after the call", async (world) => {
    const body = new URLSearchParams({ a: "1" });
    const result = sendBody(world, body);
    body.set("a", "2");
    return await result;
  }),
  probe("a detached ArrayBuffer", async (world) => {
    const body = bytes("text").buffer;
    structuredClone(body, { transfer: [body] });
    return await sendBody(world, body);
  }),
  probe("the error of a stream is the cause of the rejection", async (world) => {
    const mine = new RangeError("my own error");
    const body = new ReadableStream({ start: (controller) => controller.error(mine) });
    const error = await world.fetch(world.url("zones"), { method: "POST", body, duplex: "half" }).catch((e) => e);
    return { error: describeError(error), cause: error.cause === mine, same: error === mine };
  }),
  probe("a body is read by `toString` once", async (world) => {
    let calls = 0;
    const body = { toString: () => `mine ${++calls}` };
    const result = await outcome(() => world.fetch(world.url("zones"), { method: "POST", body }));
    return { result, calls };
  }),
];
