import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test, vi } from "vitest";
import { nodeFetch } from "../../../src/node.ts";
import { copyResponse } from "../../../src/request/copy-response.ts";
import { fakeVendor } from "../../fake-vendor.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const open: { close(): void; closeAllConnections(): void }[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  for (const server of open.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** A response with a cookie, and its copy without the cookie. */
async function copied(): Promise<{ original: Response; copy: Response; url: string }> {
  const url = await serve((_request, response) => {
    response.writeHead(201, "Made", { "set-cookie": ["a=1", "b=2"], "x-kept": "yes" }).end('{"a":1}');
  });
  const original = await nodeFetch()(url);
  const headers = new Headers(original.headers);
  headers.delete("set-cookie");
  return { original, copy: copyResponse(original, headers, { url: "https://shown.example/" }), url };
}

test("a copy has its own headers and facts, and so do its clones", async () => {
  const { original, copy, url } = await copied();
  for (const one of [copy, copy.clone()]) {
    expect(one).toMatchObject({ status: 201, statusText: "Made", ok: true, type: "basic", redirected: false });
    expect([one.url, one.headers.get("x-kept"), one.headers.getSetCookie()]).toEqual([
      "https://shown.example/",
      "yes",
      [],
    ]);
    expect(await one.json()).toEqual({ a: 1 });
  }
  expect([original.url, original.headers.getSetCookie()]).toEqual([url, ["a=1", "b=2"]]);
});

test("a copy keeps its own `Set-Cookie` headers apart", async () => {
  const { copy } = await copied();
  const cookies = new Headers([
    ["set-cookie", "c=3"],
    ["set-cookie", "d=4, e"],
  ]);
  expect(copyResponse(copy, cookies, {}).headers.getSetCookie()).toEqual(["c=3", "d=4, e"]);
});

test("a copy and its original have one body", async () => {
  const { original, copy } = await copied();
  expect([original.bodyUsed, copy.bodyUsed]).toEqual([false, false]);
  expect(await copy.text()).toBe('{"a":1}');
  expect([original.bodyUsed, copy.bodyUsed]).toEqual([true, true]);
  await expect(original.text()).rejects.toThrow(TypeError);
});

test("a response whose body is in use is copied too", async () => {
  const { original } = await copied();
  const clone = original.clone();
  expect(await copyResponse(original, new Headers(), {}).text()).toBe('{"a":1}');
  expect(await clone.text()).toBe('{"a":1}');
});

test("a copy is read without a stream", async () => {
  let made = 0;
  const counting = new Proxy(ReadableStream, {
    construct(...parameters) {
      made++;
      return Reflect.construct(...parameters);
    },
  });
  vi.stubGlobal("ReadableStream", counting);
  const { copy } = await copied();
  expect(await copy.json()).toEqual({ a: 1 });
  expect(made).toBe(0);
});

test("a copy can be read after its original was garbage-collected", async () => {
  const begun = Promise.withResolvers<() => void>();
  const url = await serve((_request, response) => {
    response.write("first ");
    begun.resolve(() => response.end("last"));
  });
  const start = async () => copyResponse(await nodeFetch()(url), new Headers(), {});
  const copy = await start();
  const end = await begun.promise;
  for (let n = 0; n < 5; n++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  end();
  expect(await copy.text()).toBe("first last");
});

test("G13: a session over nodeFetch shows no `Set-Cookie`, not even in a clone", async () => {
  const url = await serve((_request, response) => {
    response.writeHead(200, { "set-cookie": "a=made-up", "content-type": "application/json" }).end('{"token":"t"}');
  });
  const vendor = fakeVendor();
  const send = nodeFetch();
  const session = vendor.session({
    fetch: (input, init) => (String(input).endsWith("/items") ? send(url, init) : vendor.fetch(input, init)),
  });
  const response = await session.fetch("items");
  for (const one of [response, response.clone()]) {
    expect([one.headers.has("set-cookie"), await one.json()]).toEqual([false, { token: "t" }]);
  }
});
