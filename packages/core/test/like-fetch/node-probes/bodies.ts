import { Buffer, Blob as NodeBlob } from "node:buffer";
import { describeBody, describeError, describeFacts, describeResponse, type Observed } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";

type Use = (response: Response) => unknown;

const uses: Readonly<Record<string, Use>> = {
  "text()": (response) => response.text(),
  "json()": (response) => response.json(),
  "bytes()": async (response) => Buffer.from(await response.bytes()).toString(),
  "arrayBuffer()": async (response) => Buffer.from(await response.arrayBuffer()).toString(),
  "blob()": async (response) => {
    const blob = await response.blob();
    return [blob.type, await blob.text(), blob instanceof NodeBlob];
  },
  "formData()": async (response) => [...(await response.formData())].map(([name, value]) => [name, String(value)]),
  "a reader": async (response) => {
    const reader = response.body?.getReader();
    const { done, value } = (await reader?.read()) ?? {};
    return [
      done,
      value === undefined
        ? null
        : Buffer.from(value as Uint8Array)
            .toString()
            .slice(0, 2),
      response.body?.locked,
    ];
  },
  "body.cancel()": async (response) => (await response.body?.cancel()) ?? null,
  "clone()": async (response) => response.clone().text(),
  "a look at body": (response) => {
    const { body } = response;
    return [body === response.body, body?.locked ?? null];
  },
};

const answers: Readonly<Record<string, (world: World) => void>> = {
  JSON: (w) =>
    w.answer("zones", (response) => response.writeHead(200, { "content-type": "application/json" }).end('{"a":"ö"}')),
  "a form": (w) =>
    w.answer("zones", (response) => {
      response.writeHead(200, { "content-type": "application/x-www-form-urlencoded" }).end("a=1&b=%C3%B6");
    }),
  "an empty body": (w) => w.answer("zones", (response) => response.writeHead(200, { "content-length": "0" }).end()),
  "a 204": (w) => w.answer("zones", (response) => response.writeHead(204).end()),
  "a body in parts": (w) =>
    w.answer("zones", (response) => {
      response.writeHead(200, { "content-type": "text/plain" });
      response.write('{"a":', () => setImmediate(() => response.end("1}")));
    }),
};

async function using(response: Response, use: Use): Promise<Observed> {
  try {
    return { result: (await use(response)) as Observed, bodyUsed: response.bodyUsed };
  } catch (error) {
    return { rejects: describeError(error), bodyUsed: response.bodyUsed };
  }
}

const pairs = Object.keys(uses).flatMap((first) => Object.keys(uses).map((second) => [first, second] as const));

const texts: Readonly<Record<string, Buffer>> = {
  "a BOM and JSON": Buffer.from('\ufeff{"a":1}'),
  "two BOMs": Buffer.from("\ufeff\ufeffa"),
  "a BOM of UTF-16": Buffer.from([0xff, 0xfe, 0x61, 0x00]),
  "a cut-off character": Buffer.from("größ").subarray(0, -1),
  "a surrogate in UTF-8": Buffer.from([0xed, 0xa0, 0x80, 0x61]),
  "overlong bytes": Buffer.from([0xc0, 0x80, 0xe0, 0x80, 0x80]),
  "a NUL": Buffer.from("a\0b"),
  emoji: Buffer.from("📷 ok"),
  "half of a number": Buffer.from('{"a":1e'),
  "a lone number": Buffer.from(" 42 "),
  "only white space": Buffer.from("  \n"),
  NaN: Buffer.from("NaN"),
};

/** The states of a body, and the results of reading it. */
export const responseBodyProbes: readonly Probe[] = [
  ...Object.entries(answers).flatMap(([kind, prepare]) =>
    probes(uses, async (world, use) => {
      prepare(world);
      return await using(await world.fetch(world.url("zones")), use);
    }).map((it) => ({ ...it, name: `${kind} is used by ${it.name}` })),
  ),
  ...pairs.map(([first, second]) =>
    probe(`${first}, then ${second}`, async (world) => {
      answers.JSON?.(world);
      const response = await world.fetch(world.url("zones"));
      return [await using(response, uses[first] as Use), await using(response, uses[second] as Use)];
    }),
  ),
  ...probes(texts, async (world, bytes) => {
    world.answer("zones", (response) => response.end(bytes));
    return await describeBody(await world.fetch(world.url("zones")));
  }).map((it) => ({ ...it, name: `${it.name} is read by text()` })),
  ...probes(texts, async (world, bytes) => {
    world.answer("zones", (response) => response.end(bytes));
    return await using(await world.fetch(world.url("zones")), (response) => response.json());
  }).map((it) => ({ ...it, name: `${it.name} is read by json()` })),
  probe("two reads at once", async (world) => {
    const response = await world.fetch(world.url("zones"));
    return await Promise.all([using(response, (one) => one.text()), using(response, (one) => one.json())]);
  }),
  probe("bodyUsed right after a read begins", async (world) => {
    const response = await world.fetch(world.url("zones"));
    const before = response.bodyUsed;
    const reading = response.text();
    return [before, response.bodyUsed, await reading, response.bodyUsed];
  }),
  probe("bytes() is not a part of something larger", async (world) => {
    const response = await world.fetch(world.url("zones"));
    const bytes = await response.bytes();
    return [
      bytes.byteOffset,
      bytes.buffer.byteLength === bytes.byteLength,
      Object.getPrototypeOf(bytes) === Uint8Array.prototype,
    ];
  }),
  probe("a chunk of a stream is an own Uint8Array", async (world) => {
    const response = await world.fetch(world.url("zones"));
    const { value } = (await response.body?.getReader().read()) ?? {};
    return [
      Object.getPrototypeOf(value) === Uint8Array.prototype,
      value?.byteOffset,
      value?.buffer.byteLength === value?.length,
    ];
  }),
  probe("the type of a Blob", async (world) => {
    world.answer("zones", (response) =>
      response.writeHead(200, { "content-type": "Text/HTML; Charset=UTF-8" }).end("a"),
    );
    return (await (await world.fetch(world.url("zones"))).blob()).type;
  }),
  probe("a multipart response is read by formData()", async (world) => {
    const form = new FormData();
    form.set("a", "1");
    form.set("file", new File(["contents"], "a.txt", { type: "text/css" }));
    const made = new Response(form);
    const type = made.headers.get("content-type") ?? "";
    const bytes = Buffer.from(await made.arrayBuffer());
    world.answer("zones", (response) => response.writeHead(200, { "content-type": type }).end(bytes));
    const read = await (await world.fetch(world.url("zones"))).formData();
    const file = read.get("file") as File;
    return [read instanceof FormData, read.get("a"), file.name, file.type, await file.text()];
  }),
  probe("a long body is read by text()", async (world) => {
    world.answer("zones", (response) => response.end("größe ".repeat(200_000)));
    return await describeBody(await world.fetch(world.url("zones")));
  }),
  probe("a long body is read by text(), after a wait", async (world) => {
    world.answer("zones", (response) => response.end("größe ".repeat(200_000)));
    const response = await world.fetch(world.url("zones"));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    return await describeBody(response);
  }),
  probe("a long body is cloned and read twice", async (world) => {
    world.answer("zones", (response) => response.end("größe ".repeat(100_000)));
    const response = await world.fetch(world.url("zones"));
    const copy = response.clone();
    return await Promise.all([describeBody(copy), describeBody(response)]);
  }),
  probe("a clone of a clone, with the facts", async (world) => {
    answers.JSON?.(world);
    const response = (await world.fetch(world.url("zones#here"))).clone().clone();
    return [describeFacts(response), await describeResponse(response.clone()), await describeBody(response)];
  }),
  probe("the headers of a clone are its own", async (world) => {
    const response = await world.fetch(world.url("zones"));
    const copy = response.clone();
    return [copy.headers === response.headers, copy.headers.get("content-type")];
  }),
  probe("a reader of bytes reads to the end", async (world) => {
    const response = await world.fetch(world.url("zones"));
    const reader = response.body?.getReader({ mode: "byob" });
    const seen: unknown[] = [];
    for (let n = 0; n < 20; n++) {
      const { done, value } = (await reader?.read(new Uint8Array(4))) ?? { done: true };
      seen.push(done, Buffer.from(value ?? []).toString());
      if (done) break;
    }
    return seen;
  }),
  probe("a server that waits for the reader", async (world) => {
    let written = 0;
    let isFull = false;
    world.answer("zones", (response) => {
      const fill = () => {
        while (written < 40_000_000) {
          written += 64_000;
          if (!response.write(Buffer.alloc(64_000))) break;
        }
        isFull = written < 40_000_000;
      };
      response.on("drain", () => void (written < 8_000_000 && fill()));
      fill();
    });
    const response = await world.fetch(world.url("zones"));
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
    await reader?.cancel();
    await world.left("zones");
    return [isFull, (value?.length ?? 0) > 0];
  }),
];
