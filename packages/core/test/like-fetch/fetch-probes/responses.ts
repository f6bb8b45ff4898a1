import type { ServerResponse } from "node:http";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describeBody, describeError, describeFacts, describeResponse, type Observed } from "../observe.ts";
import { type Probe, probe, probes, type World } from "../probe.ts";

const TEXT = "hello ".repeat(20);

type Script = (response: ServerResponse) => void;

function raw(text: string, destroys = false): Script {
  return ({ socket }) => {
    socket?.write(Buffer.from(text, "latin1"), () => (destroys ? socket.resetAndDestroy() : socket.end()));
  };
}

const coded = (coding: string, bytes: Uint8Array): Script => {
  return (response) => response.writeHead(200, { "content-encoding": coding }).end(bytes);
};

const scripts: Readonly<Record<string, Script>> = {
  "an empty response": (response) => response.end(),
  "a text": (response) => response.writeHead(200, { "content-type": "text/plain" }).end("größe 東"),
  "a text in Latin-1": (response) =>
    response.writeHead(200, { "content-type": "text/plain; charset=iso-8859-1" }).end(Buffer.from("größe", "latin1")),
  "a text with a BOM": (response) => response.end("\ufeffhello"),
  "bytes that are no UTF-8": (response) => response.end(Buffer.from([0xff, 0xfe, 0x41])),
  "a response in chunks": (response) => {
    response.write("a");
    response.write("b");
    response.end("c");
  },
  "a response with trailers": (response) => {
    response.writeHead(200, { trailer: "x-checksum" });
    response.write("a");
    response.addTrailers({ "x-checksum": "1" });
    response.end();
  },
  "a response after early hints": (response) => {
    response.writeEarlyHints({ link: "</a.css>; rel=preload" });
    response.end("hello");
  },
  "a response after 102": (response) => {
    response.writeProcessing();
    response.end("hello");
  },
  "a response after 100": (response) => {
    response.writeContinue();
    response.end("hello");
  },
  "a large response": (response) => response.end("a".repeat(1_000_000)),
  "a response in gzip": coded("gzip", gzipSync(TEXT)),
  "a response in x-gzip": coded("x-gzip", gzipSync(TEXT)),
  "a response in deflate": coded("deflate", deflateSync(TEXT)),
  "a response in raw deflate": coded("deflate", deflateRawSync(TEXT)),
  "a response in br": coded("br", brotliCompressSync(TEXT)),
  "a response in gzip and br": coded("gzip, br", brotliCompressSync(gzipSync(TEXT))),
  "a response in an unknown coding": coded("acme", Buffer.from(TEXT)),
  "a response in the coding identity": coded("identity", Buffer.from(TEXT)),
  "an empty response in gzip": coded("gzip", Buffer.alloc(0)),
  "a response in gzip that is cut off": coded("gzip", gzipSync(TEXT).subarray(0, 20)),
  "a response that claims gzip and is not gzip": coded("gzip", Buffer.from(TEXT)),
  "a 204": (response) => response.writeHead(204, { "x-own": "1" }).end(),
  "a 205": (response) => response.writeHead(205).end(),
  "a 205 with a body": raw("HTTP/1.1 205 Reset Content\r\ncontent-length: 2\r\n\r\nab"),
  "a 304": (response) => response.writeHead(304, { etag: '"a"' }).end(),
  "a status with another text": (response) => response.writeHead(200, "All right").end(),
  "a status without a text": raw("HTTP/1.1 200\r\ncontent-length: 0\r\n\r\n"),
  "a status text with other letters": raw("HTTP/1.1 200 gr\u00f6\u00dfe\r\ncontent-length: 0\r\n\r\n"),
  "a status of 599": (response) => response.writeHead(599).end("hello"),
  "a status of 600": raw("HTTP/1.1 600 Beyond\r\ncontent-length: 2\r\n\r\nab"),
  "a status of 999": raw("HTTP/1.1 999 Beyond\r\ncontent-length: 2\r\n\r\nab"),
  "a status of 099": raw("HTTP/1.1 099 Below\r\ncontent-length: 0\r\n\r\n"),
  "a response of HTTP/1.0": raw("HTTP/1.0 200 OK\r\n\r\nhello"),
  "a response without a length": raw("HTTP/1.1 200 OK\r\n\r\nhello"),
  "headers with the same name": (response) =>
    response.writeHead(200, { "x-own": ["1", "2"], link: ["<a>", "<b>"] }).end(),
  "headers with Latin letters": raw("HTTP/1.1 200 OK\r\nx-own: gr\u00f6\u00dfe\r\ncontent-length: 0\r\n\r\n"),
  "a header with an empty value": raw("HTTP/1.1 200 OK\r\nx-own:\r\ncontent-length: 0\r\n\r\n"),
  "a folded header": raw("HTTP/1.1 200 OK\r\nx-own: a\r\n b\r\ncontent-length: 0\r\n\r\n"),
  "many headers": (response) => {
    for (let n = 0; n < 500; n++) response.setHeader(`x-${n}`, "value");
    response.end();
  },
  "headers that are too large": (response) => response.writeHead(200, { "x-own": "a".repeat(40_000) }).end(),
  "a cookie": (response) => response.writeHead(200, { "set-cookie": "a=1; Path=/", "x-own": "1" }).end("hello"),
  "two cookies and a Location": (response) =>
    response.writeHead(201, { "set-cookie": ["a=1", "b=2"], location: "/made?a=1" }).end("hello"),
  "a challenge": (response) => response.writeHead(403, { "www-authenticate": 'Basic realm="a"' }).end("no"),
  "a header clear-site-data": (response) => response.writeHead(200, { "clear-site-data": '"*"' }).end(),
  "nonsense in place of a response": raw("nonsense\r\n\r\n"),
  "no response": ({ socket }) => socket?.destroy(),
  "a reset in place of a response": ({ socket }) => socket?.resetAndDestroy(),
  "a reset within the headers": raw("HTTP/1.1 200 OK\r\nx-ow", true),
  "a response that is cut off": raw("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello"),
  "a response in chunks that is cut off": raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n"),
  "a response that is longer than its length": raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhello"),
  "two lengths": raw("HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc"),
  "a wrong chunk": raw("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n"),
  "an unrequested switch of protocols": raw("HTTP/1.1 101 Switching\r\nupgrade: acme\r\nconnection: upgrade\r\n\r\n"),
};

const STATUSES = [
  201, 202, 203, 206, 207, 226, 400, 402, 403, 404, 405, 407, 408, 410, 417, 418, 421, 425, 429, 451, 500, 502, 503,
  504, 511,
];

const shapes: Readonly<Record<string, (response: Response) => Promise<unknown>>> = {
  "json()": (response) => response.json(),
  "text()": (response) => response.text(),
  "bytes()": async (response) => [(await response.bytes()).constructor === Uint8Array],
  "arrayBuffer()": async (response) => (await response.arrayBuffer()).byteLength,
  "blob()": async (response) => {
    const blob = await response.blob();
    return [blob.type, blob.size, blob instanceof Blob];
  },
  "for await": async (response) => {
    let text = "";
    for await (const chunk of response.body as never as AsyncIterable<Uint8Array>) text += Buffer.from(chunk);
    return text;
  },
  "a reader of bytes": async (response) => {
    const reader = response.body?.getReader({ mode: "byob" });
    const first = await reader?.read(new Uint8Array(2));
    return Buffer.from(first?.value ?? []).toString();
  },
  "cancel()": (response) => Promise.resolve(response.body?.cancel()).then(() => response.bodyUsed),
  "text() twice": async (response) => [await describeBody(response), await describeBody(response)],
  "clone() after text()": async (response) => {
    await response.text();
    return describeFacts(response.clone());
  },
  "tee()": async (response) => {
    const [one, two] = response.body?.tee() ?? [];
    return [await new Response(one).text(), await new Response(two).text(), response.bodyUsed];
  },
  "new Response(body, response)": async (response) => describeResponse(new Response(response.body, response)),
  "a pipe through a stream": async (response) => new Response(response.body?.pipeThrough(new TransformStream())).text(),
};

async function copies(response: Response): Promise<Observed> {
  const copy = response.clone();
  const second = copy.clone();
  const parts = [await describeResponse(copy), await describeResponse(second), await describeResponse(response)];
  return parts;
}

const cloned: Readonly<Record<string, (world: World) => string>> = {
  "a response": () => "zones",
  "a response with a cookie": (w) => {
    w.answer("zones", (response) => response.writeHead(200, { "set-cookie": "a=1" }).end("hello"));
    return "zones";
  },
  "a response in gzip": (w) => {
    w.answer("zones", coded("gzip", gzipSync(TEXT)));
    return "zones";
  },
  "a 204": (w) => {
    w.answer("zones", (response) => response.writeHead(204).end());
    return "zones";
  },
  "a 404": (w) => {
    w.answer("zones", (response) => response.writeHead(404).end("not here"));
    return "zones";
  },
};

export const responseProbes: readonly Probe[] = [
  ...probes(scripts, (world, script) => {
    world.answer("zones", script);
    return world.call("zones");
  }).map((it) => ({ ...it, name: `the server answers with ${it.name}` })),
  ...probes(
    {
      "a length": { "content-length": "5" },
      gzip: { "content-encoding": "gzip" },
      "a cookie": { "set-cookie": "a=1" },
    },
    (world, headers) => {
      world.answer("zones", (response) => response.writeHead(200, headers).end());
      return world.call("zones", { method: "HEAD" });
    },
  ).map((it) => ({ ...it, name: `the server answers a HEAD with ${it.name}` })),
  ...STATUSES.map((status) =>
    probe(`the server answers with ${status}`, (world) => {
      world.answer("zones", (response) => response.writeHead(status, { "retry-after": "0" }).end("hello"));
      return world.call("zones", { method: "POST", body: "text" });
    }),
  ),
  ...probes(shapes, async (world, read) => {
    const response = await world.fetch(world.url("zones"));
    const result = await read(response).catch((error: unknown) => ({ rejects: describeError(error) }));
    return { result, bodyUsed: response.bodyUsed };
  }).map((it) => ({ ...it, name: `a response is read by ${it.name}` })),
  probe("a response is read by formData(), of a form", async (world) => {
    world.answer("zones", (response) =>
      response.writeHead(200, { "content-type": "application/x-www-form-urlencoded" }).end("a=1&b=2"),
    );
    return [...(await (await world.fetch(world.url("zones"))).formData())].map(([name, value]) => [
      name,
      String(value),
    ]);
  }),
  probe("a response is read by json(), of no JSON", async (world) => {
    world.answer("zones", (response) => response.end("<html>"));
    const response = await world.fetch(world.url("zones"));
    return await response.json().catch((error: unknown) => describeError(error));
  }),
  ...probes(cloned, async (world, prepare) => copies(await world.fetch(world.url(prepare(world))))).map((it) => ({
    ...it,
    name: `a clone of ${it.name}`,
  })),
  probe("a response with a cookie is read by a reader of bytes", async (world) => {
    world.answer("zones", (response) => response.writeHead(200, { "set-cookie": "a=1" }).end("hello"));
    const response = await world.fetch(world.url("zones"));
    const reader = response.body?.getReader({ mode: "byob" });
    return Buffer.from((await reader?.read(new Uint8Array(2)))?.value ?? []).toString();
  }),
  probe("an unread response whose clone is cancelled", async (world) => {
    const response = await world.fetch(world.url("zones"));
    const copy = response.clone();
    copy.body?.cancel().catch(() => {});
    return await describeResponse(response);
  }),
  probe("the server answers with 401, always", (world) => {
    world.answer("zones", (response) => response.writeHead(401, { "www-authenticate": "Bearer" }).end("no"));
    return world.call("zones");
  }),
];
