import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import { createSecureServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { generate } from "selfsigned";
import * as undici7 from "undici";
import * as undici8 from "undici8";
import { afterEach, describe, expect, test, vi } from "vitest";
import { nodeFetch, type UndiciModule } from "../../../src/node.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const open: { close(): void; closeAllConnections?(): void }[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections?.();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A server for HTTP/2 and HTTP/1.1, and its certificate. */
async function serveHttp2(): Promise<{ url: string; ca: string }> {
  const pair = await generate([{ name: "commonName", value: "127.0.0.1" }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const server = createSecureServer(
    { cert: pair.cert, key: pair.private, allowHTTP1: true },
    async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      const { httpVersion, method, headers } = request;
      response.setHeader("content-type", "application/json");
      response.setHeader("set-cookie", ["a=1", "b=2"]);
      response.end(JSON.stringify({ httpVersion, method, body, type: headers["content-type"] ?? null }));
    },
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/`, ca: pair.cert };
}

describe.each([
  ["undici 7", undici7],
  ["undici 8", undici8],
] as [string, UndiciModule][])("%s", (_name, undici) => {
  test.each([
    [true, "2.0"],
    [false, "1.1"],
  ])("`allowH2: %s` uses HTTP/%s", async (allowH2, httpVersion) => {
    const { url, ca } = await serveHttp2();
    const fetch = nodeFetch({ undici, ca, allowH2 });
    const response = await fetch(url, { method: "POST", body: "text" });
    expect(response.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(response).toMatchObject({ status: 200, ok: true, url, redirected: false, type: "basic" });
    const seen = { httpVersion, method: "POST", body: "text", type: "text/plain;charset=UTF-8" };
    expect(await response.json()).toEqual(seen);
    const form = new FormData();
    form.set("a", "1");
    expect(await (await fetch(url, { method: "PUT", body: form })).json()).toMatchObject({
      httpVersion,
      method: "PUT",
    });
    await expect(fetch(url, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
  });

  test("more than five content codings are refused, as by fetch", async () => {
    const url = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip, gzip, gzip, gzip, gzip, gzip" }).end(gzipSync("text"));
    });
    await expect(nodeFetch({ undici })(url)).rejects.toMatchObject({
      name: "TypeError",
      message: "fetch failed",
      cause: { message: "too many content-encodings in response" },
    });
  });

  test("a slow reader slows the server down", async () => {
    const whole = 200_000_000;
    let sent = 0;
    const url = await serve((_request, response) => {
      const fill = (): void => {
        while (sent < whole && response.write(Buffer.alloc(100_000))) sent += 100_000;
      };
      response.on("drain", fill);
      fill();
    });
    const response = await nodeFetch({ undici })(url);
    const reader = response.body?.getReader();
    for (let n = 0; n < 10; n++) await reader?.read();
    for (let turn = 0; turn < 1000; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toBeLessThan(whole / 4);
    await reader?.cancel();
  });

  test("an unread response buffers only a part of its body", async () => {
    const whole = 200_000_000;
    let sent = 0;
    const gone = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      const fill = (): void => {
        while (sent < whole && response.write(Buffer.alloc(100_000))) sent += 100_000;
      };
      response.on("drain", fill).on("close", gone.resolve);
      fill();
    });
    const leaver = new AbortController();
    const response = await nodeFetch({ undici })(url, { signal: leaver.signal });
    for (let turn = 0; turn < 1000; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toBeLessThan(whole / 4);
    leaver.abort();
    await gone.promise;
    await expect(response.text()).rejects.toMatchObject({ name: "AbortError" });
  });

  test("responses that are garbage-collected unread end their requests", async () => {
    let closed = 0;
    const most = Promise.withResolvers<void>();
    const url = await serve((_request, response) => {
      // The engine may keep some of them longer. If anything else kept them, none would be closed.
      const close = () => void (++closed === 20 && most.resolve());
      response.on("close", close).write("first");
    });
    const fetch = nodeFetch({ undici });
    const drop = async () => void (await fetch(url));
    for (let n = 0; n < 40; n++) await drop();
    const timer = setInterval(collect, 5);
    await most.promise;
    clearInterval(timer);
  });

  test.each([
    ["text()", (response: Response) => response.text()],
    ["a stream", (response: Response) => new Response(response.body).text()],
  ])("a response that is garbage-collected while %s reads it is read to the end", async (_how, read) => {
    const begun = Promise.withResolvers<() => void>();
    const url = await serve((_request, response) => {
      response.write("first ");
      begun.resolve(() => response.end("last"));
    });
    const start = async () => {
      const signal = new AbortController().signal;
      return { reading: read(await nodeFetch({ undici })(url, { signal })) };
    };
    const { reading } = await start();
    const end = await begun.promise;
    for (let n = 0; n < 5; n++) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    end();
    expect(await reading).toBe("first last");
  });

  test("redirects keep their connections open for later requests", async () => {
    const ports = new Set<number | undefined>();
    const url = await serve(({ url: path, socket }, response) => {
      ports.add(socket.remotePort);
      if (path === "/") response.writeHead(302, { location: "/next", "content-length": 0 }).end();
      else response.end("here");
    });
    const fetch = nodeFetch({ undici });
    for (let n = 0; n < 5; n++) expect(await (await fetch(url)).text()).toBe("here");
    expect(ports.size).toBeLessThanOrEqual(2);
  });

  test("the body of a JSON call is read without a stream", async () => {
    const url = await serve((_request, response) => response.end('{"a":1}'));
    let made = 0;
    const counting = new Proxy(ReadableStream, {
      construct(...parameters) {
        made++;
        return Reflect.construct(...parameters);
      },
    });
    vi.stubGlobal("ReadableStream", counting);
    const fetch = nodeFetch({ undici });
    expect(await (await fetch(url)).json()).toEqual({ a: 1 });
    expect(made).toBe(0);
    await new Response((await fetch(url)).body).text();
    expect(made).toBe(1);
  });
});
