import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import * as undici7 from "undici";
import * as undici8 from "undici8";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { undiciFetch } from "../../../src/node/node-fetch/undici-conversion.ts";

let url = "";
let answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
const server = createServer(async (request, response) => {
  const scripted = answer;
  answer = undefined;
  if (scripted !== undefined) return scripted(request, response);
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  const { method, headers } = request;
  response.setHeader("content-type", "application/json").end(JSON.stringify({ method, headers, body }));
});

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

interface Echo {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const stream = (...chunks: string[]) => new Blob(chunks).stream();
const form = () => {
  const data = new FormData();
  data.set("name", "Ω gate");
  data.set("file", new File(["contents"], "a.txt", { type: "text/x" }));
  return data;
};

describe.each([
  ["undici 7", undici7],
  ["undici 8", undici8 as unknown as typeof undici7],
] as const)("%s", (_name, undici) => {
  const fetch = undiciFetch(() => undici, new undici.Agent());
  const echo = async (...args: Parameters<typeof fetch>) => (await (await fetch(...args)).json()) as Echo;

  test.each([
    ["a string", () => "text", "text", "4"],
    ["URLSearchParams", () => new URLSearchParams({ a: "1 2" }), "a=1+2", "5"],
    ["a Blob", () => new Blob(["blob"]), "blob", "4"],
    ["a File", () => new File(["file"], "a.txt"), "file", "4"],
    ["an ArrayBuffer", () => new TextEncoder().encode("buffer").buffer, "buffer", "6"],
    ["a typed array", () => new TextEncoder().encode("bytes"), "bytes", "5"],
    ["a stream", () => stream("stream"), "stream", undefined],
  ] as [string, () => BodyInit, string, string | undefined][])(
    "%s is sent as its body",
    async (_kind, body, arrives, length) => {
      const seen = await echo(url, { method: "POST", body: body(), duplex: "half" } as RequestInit);
      expect([seen.body, seen.headers["content-length"]]).toEqual([arrives, length]);
    },
  );

  test.each(["as an option", "in a Request"])("a global FormData arrives as multipart, %s", async (how) => {
    const options = { method: "POST", body: form() };
    const seen = await (how === "as an option" ? echo(url, options) : echo(new Request(url, options)));
    const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(seen.headers["content-type"] ?? "")?.[1];
    expect(seen.body.split(`--${boundary}`)).toHaveLength(4);
    expect(seen.body).toMatch(/name="name"\r\n\r\nΩ gate/);
    expect(seen.body).toMatch(/filename="a.txt"\r\ncontent-type: text\/x\r\n\r\ncontents/i);
    expect(seen.headers).toHaveProperty("content-length");
  });

  test("a FormData in a Request keeps its length even if the process is busy", async () => {
    // The time passes before the next turn, in which the file is read.
    await new Promise((resolve) => setImmediate(resolve));
    const sent = echo(new Request(url, { method: "POST", body: form() }));
    const end = performance.now() + 30;
    while (performance.now() < end);
    expect((await sent).headers).toHaveProperty("content-length");
  });

  test("a global Request keeps its method, headers, body and length", async () => {
    const request = new Request(url, { method: "PUT", headers: { "x-mine": "1" }, body: "mine" });
    const seen = await echo(request);
    expect(seen).toMatchObject({ method: "PUT", body: "mine", headers: { "x-mine": "1", "content-length": "4" } });
    expect(seen.headers["content-type"]).toBe("text/plain;charset=UTF-8");
  });

  test("options override those of a Request, and a Request can be the options", async () => {
    const request = new Request(url, { method: "PUT", headers: { "x-mine": "1" }, body: "mine" });
    expect(await echo(request, { method: "PATCH", body: "other" })).toMatchObject({ method: "PATCH", body: "other" });
    const other = new Request("http://elsewhere.example/", { method: "DELETE", headers: { "x-mine": "2" } });
    expect(await echo(url, other)).toMatchObject({ method: "DELETE", headers: { "x-mine": "2" } });
  });

  test("a long or pausing stream of a Request is sent", async () => {
    const long = "x".repeat(3_000_000);
    const body = stream(long);
    expect((await echo(new Request(url, { method: "POST", body, duplex: "half" } as RequestInit))).body).toBe(long);
    const arrived = Promise.withResolvers<string>();
    answer = (request, response) => {
      request.once("data", (chunk: Buffer) => arrived.resolve(chunk.toString()));
      request.on("end", () => response.end());
    };
    const slow = new TransformStream<Uint8Array, Uint8Array>();
    const writer = slow.writable.getWriter();
    void writer.write(new TextEncoder().encode("first"));
    const wait = fetch(new Request(url, { method: "POST", body: slow.readable, duplex: "half" } as RequestInit));
    expect(await arrived.promise).toBe("first");
    await writer.close();
    expect((await wait).status).toBe(200);
  });

  test("a Request whose body was used is rejected", async () => {
    const request = new Request(url, { method: "POST", body: "mine" });
    await request.text();
    await expect(fetch(request)).rejects.toBeInstanceOf(TypeError);
  });

  test.each(["as an option", "of a Request"])("a signal %s aborts with its own reason", async (how) => {
    const arrived = Promise.withResolvers<void>();
    answer = () => arrived.resolve();
    const leaver = new AbortController();
    const { signal } = leaver;
    const wait = how === "as an option" ? fetch(url, { signal }) : fetch(new Request(url, { signal }));
    const reason = new Error("the user went home");
    await arrived.promise;
    leaver.abort(reason);
    await expect(wait).rejects.toBe(reason);
  });

  test("the response is a global Response with its URL, also after a redirect and as a clone", async () => {
    answer = (_request, response) => void response.writeHead(302, { location: "/to" }).end();
    const response = await fetch(url);
    for (const one of [response.clone(), response]) {
      expect(one).toBeInstanceOf(globalThis.Response);
      expect(one).toMatchObject({ url: `${url}to`, redirected: true, type: "basic", status: 200, ok: true });
    }
    expect(await response.json()).toMatchObject({ method: "GET" });
  });

  test("statuses without a body, several cookies and compressed bodies arrive", async () => {
    answer = (_request, response) => void response.writeHead(204, { "set-cookie": ["a=1", "b=2"] }).end();
    const empty = await fetch(url);
    expect([empty.status, empty.body, empty.headers.getSetCookie()]).toEqual([204, null, ["a=1", "b=2"]]);
    answer = (_request, response) => {
      response.setHeader("content-encoding", "gzip");
      response.end(gzipSync("compressed"));
    };
    expect(await (await fetch(url)).text()).toBe("compressed");
  });

  test("the body of a response is not buffered", async () => {
    let rest: (() => void) | undefined;
    answer = (_request, response) => {
      response.write("first");
      rest = () => response.end("second");
    };
    const reader = (await fetch(url)).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toEqual({ done: false, value: "first" });
    rest?.();
    expect(await reader?.read()).toEqual({ done: false, value: "second" });
  });

  test("a failure is thrown as `fetch` throws it", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, "close");
    const error = await fetch(`http://127.0.0.1:${port}/`).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
  });
});
