import { Readable } from "node:stream";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import * as undici7 from "undici";
import * as undici8 from "undici8";
import { describe, expect, test } from "vitest";
import type { Session } from "../../../src/contract/session.ts";
import { tryPeekJson } from "../../../src/net/try-peek-json.ts";
import { sessionInterceptor } from "../../../src/node.ts";
import { type ServedVendor, servedVendor } from "../served-vendor.ts";

function throwing(): never {
  throw new Error("made-up: cannot judge");
}

const BROKEN_FLOWS: readonly (readonly [what: string, flow: Parameters<ServedVendor["session"]>[0]])[] = [
  ["`isRejected` that throws", { isRejected: throwing }],
  ["`isRejected` that rejects", { isRejected: async () => throwing() }],
  ["`rotate` that throws", { isRejected: async () => false, rotate: throwing }],
];

// The guarantees for calls are tested in test/guarantees, including the interceptor.
describe.each([
  ["undici 7", undici7],
  ["undici 8", undici8 as unknown as typeof undici7],
] as const)("%s", (_name, { Agent, fetch, interceptors, request }) => {
  async function setUp(flow?: Parameters<ServedVendor["session"]>[0]) {
    const vendor = await servedVendor();
    const session: Session<null> = vendor.session(flow);
    const dispatcher = new Agent().compose(sessionInterceptor(session));
    const call = async (path: string, options: Parameters<typeof undici7.request>[1] = {}) => {
      const { statusCode, headers, body } = await request(vendor.baseUrl + path, { dispatcher, ...options });
      return { statusCode, headers, text: await body.text() };
    };
    return { vendor, session, dispatcher, call };
  }

  test.each(BROKEN_FLOWS)("%s of a flow is the error of the request", async (_what, flow) => {
    const { call } = await setUp(flow);
    await expect(call("zones")).rejects.toThrow("made-up: cannot judge");
  });

  test("the interceptor works after one that supports only undici's newer handlers, such as retry", async () => {
    const { vendor, session } = await setUp();
    const dispatcher = new Agent().compose(
      sessionInterceptor(session),
      interceptors.retry({ maxRetries: 2, minTimeout: 1, maxTimeout: 1 }),
    );
    vendor.next((response) => response.writeHead(503).end());
    const { statusCode, body } = await request(`${vendor.baseUrl}zones`, { dispatcher });
    expect([statusCode, await body.text()]).toEqual([200, '{"good":true}']);
    vendor.live = undefined;
    expect((await request(`${vendor.baseUrl}zones`, { dispatcher })).statusCode).toBe(200);
    expect(vendor.logins).toBe(2);
  });

  test("G13: a response shows no Set-Cookie, and a rotated credential is used for the next request", async () => {
    const { vendor, call } = await setUp({
      rotate: (response) => response.headers.getSetCookie()[0]?.replace("sid=", ""),
    });
    await call("zones");
    vendor.live = "token-rotated";
    vendor.next((response) =>
      response.setHeader("set-cookie", "sid=token-rotated").setHeader("x-other", "1").end("ok"),
    );
    const { headers } = await call("zones");
    expect(headers).not.toHaveProperty("set-cookie");
    expect(headers).toHaveProperty("x-other", "1");
    expect((await call("zones")).statusCode).toBe(200);
    expect(vendor.logins).toBe(1);
  });

  test("a rejection inside a small JSON response is noticed, and other responses pass unchanged", async () => {
    const { vendor, call } = await setUp({
      async isRejected(response) {
        const body = (await tryPeekJson(response, 1_000)) as { status?: number } | undefined;
        return body?.status === 40;
      },
    });
    const json = (text: string) => {
      vendor.next((response) => response.setHeader("content-type", "application/json").end(text));
    };
    json('{"status":40}');
    expect(await call("zones")).toMatchObject({ statusCode: 200, text: '{"good":true}' });
    expect(vendor.logins).toBe(2);
    const large = JSON.stringify({ rows: "x".repeat(200_000) });
    json(large);
    expect((await call("zones")).text).toBe(large);
    json('{"status":65}');
    expect((await call("zones")).text).toBe('{"status":65}');
    expect(vendor.logins).toBe(2);
  });

  test.each([
    ["gzip", gzipSync],
    ["x-gzip", gzipSync],
    ["br", brotliCompressSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync],
    ["deflate, gzip", (text: string) => gzipSync(deflateSync(text))],
    ["GZIP, identity", gzipSync],
  ] as const)(
    "a rejection inside a response that is compressed by %s is noticed, and a good response passes unchanged",
    async (name, press) => {
      const { vendor, call } = await setUp({
        isRejected: async (response) => ((await tryPeekJson(response, 1_000)) as { status?: number })?.status === 40,
      });
      const pressed = (content: Buffer | string) =>
        vendor.next((response) =>
          response.setHeader("content-type", "application/json").setHeader("content-encoding", name).end(content),
        );
      pressed(press('{"status":40}'));
      expect(await call("zones")).toMatchObject({ statusCode: 200, text: '{"good":true}' });
      pressed(press('{"status":65}'));
      expect((await call("zones")).text).toBe(press('{"status":65}').toString("utf8"));
      for (const other of ["not compressed", ""]) {
        pressed(other);
        expect((await call("zones")).text).toBe(other);
      }
      expect(vendor.logins).toBe(2);
    },
  );

  test("a JSON response that does not end reaches the caller within about a second", async () => {
    const { vendor, dispatcher } = await setUp({
      isRejected: async (response) => ((await tryPeekJson(response, 1_000)) as { status?: number })?.status === 40,
    });
    const end = Promise.withResolvers<void>();
    vendor.next(async (response) => {
      response.writeHead(200, { "content-type": "application/json" }).write("[1");
      await end.promise;
      response.end("]");
    });
    const { statusCode, body } = await request(`${vendor.baseUrl}events`, { dispatcher });
    expect(statusCode).toBe(200);
    end.resolve();
    expect(await body.text()).toBe("[1]");
  });

  test("a 304 with the length of a body that it does not send reaches the caller", async () => {
    const { vendor, dispatcher } = await setUp({ isRejected: async ({ status }) => status === 401 });
    vendor.next((response) =>
      response.writeHead(304, { "content-type": "application/json", "content-length": 10 }).end(),
    );
    const { statusCode, body } = await request(`${vendor.baseUrl}zones`, { dispatcher });
    expect(statusCode).toBe(304);
    // undici reports the missing body.
    body.on("error", () => {});
  });

  test("a response in an unknown encoding passes unchanged, and only its status is checked", async () => {
    const { vendor, call } = await setUp({
      isRejected: async (response) => response.status === 401 || (await tryPeekJson(response, 1_000)) !== undefined,
    });
    vendor.next((response) =>
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "odd" }).end('{"status":40}'),
    );
    expect((await call("zones")).text).toBe('{"status":40}');
    expect(vendor.logins).toBe(1);
  });

  test("undici's fetch works with it, and sees no Set-Cookie", async () => {
    const { vendor, dispatcher } = await setUp();
    vendor.next((response) => response.writeHead(200, { "Set-Cookie": ["a=1", "b=2"], "x-other": "1" }).end("ok"));
    const response = await fetch(`${vendor.baseUrl}zones`, { dispatcher });
    expect([response.headers.getSetCookie(), response.headers.get("x-other")]).toEqual([[], "1"]);
    expect(await response.text()).toBe("ok");
    vendor.live = undefined;
    expect((await fetch(`${vendor.baseUrl}zones`, { dispatcher })).status).toBe(200);
    expect(vendor.logins).toBe(2);
  });

  test("repeated headers stay a list", async () => {
    const { vendor, call } = await setUp();
    vendor.next((response) => response.writeHead(200, { "x-many": ["1", "2"], "set-cookie": "a=1" }).end());
    expect((await call("zones")).headers["x-many"]).toEqual(["1", "2"]);
  });

  test("a long rejection is dropped, and the next response replaces it", async () => {
    const { vendor, call } = await setUp();
    await call("zones");
    vendor.next((response) => response.writeHead(401).end("no".repeat(100_000)));
    expect(await call("zones")).toMatchObject({ statusCode: 200, text: '{"good":true}' });
  });

  test("a large response is passed on at its reader's pace", async () => {
    const { vendor, dispatcher } = await setUp();
    let written = 0;
    vendor.next((response) => {
      const chunk = "x".repeat(65_536);
      const more = () => {
        while (written < 50_000_000) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", more);
        }
        response.end();
      };
      more();
    });
    const { body } = await request(`${vendor.baseUrl}zones`, { dispatcher });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(written).toBeLessThan(20_000_000);
    let read = 0;
    for await (const chunk of body) read += (chunk as Buffer).length;
    expect(read).toBe(written);
  });

  const streamOf = (size: number) =>
    Readable.from([Buffer.alloc(size / 2, "a"), Buffer.alloc(size / 2, "b")], { objectMode: false });
  const half = (size: number) => "a".repeat(size / 2) + "b".repeat(size / 2);

  test("a streamed body of up to 1 MiB is sent again after a rejection, with or without a declared length", async () => {
    const { vendor, call } = await setUp();
    const size = 1_048_576;
    for (const headers of [{}, { "Content-Length": String(size) }]) {
      vendor.live = undefined;
      expect(await call("zones", { method: "PUT", headers, body: streamOf(size) })).toMatchObject({ statusCode: 200 });
    }
    const bodies = vendor.calls.map(({ body }) => body === half(size));
    expect(bodies).toEqual([true, true, true]);
  });

  test("a longer streamed body arrives once and complete, and its rejection is returned to the caller", async () => {
    const { vendor, call } = await setUp();
    const size = 4_194_304;
    await call("zones");
    for (const headers of [{}, { "content-length": String(size) }]) {
      vendor.live = undefined;
      expect(await call("zones", { method: "PUT", headers, body: streamOf(size) })).toMatchObject({ statusCode: 401 });
      await call("zones");
    }
    expect(vendor.calls.filter(({ body }) => body === half(size))).toHaveLength(2);
    expect(vendor.calls.filter(({ method }) => method === "PUT")).toHaveLength(2);
  });

  test("a streamed body that fails is the request's error", async () => {
    const { call } = await setUp();
    await call("zones");
    const body = new Readable({ read: () => body.destroy(new Error("made-up: cannot read")) });
    await expect(call("zones", { method: "PUT", body })).rejects.toThrow("made-up: cannot read");
  });

  test("a credential for the query is added to the query", async () => {
    const { vendor, call } = await setUp({ authorize: ({ data }) => ({ searchParams: { A: data } }) });
    expect((await call("zones?page=1&A=mine")).statusCode).toBe(200);
    expect((await call("zones", { query: { page: 2 } })).statusCode).toBe(200);
    expect(vendor.calls.map(({ url }) => url)).toEqual(["/zones?page=1&A=token-1", "/zones?page=2&A=token-1"]);
  });

  test("headers are accepted in every form that undici accepts", async () => {
    const { vendor, call } = await setUp();
    const forms = [
      { "X-Mine": "1", Authorization: "mine" },
      ["x-mine", "1", "authorization", "mine"],
      new Headers({ "x-mine": "1" }),
      new Map([["x-mine", "1"]]),
      { "x-mine": ["1"] },
      ["x-mine", "1", "cookie", "a=1", "cookie", "b=2"],
    ];
    for (const headers of forms) await call("zones", { headers: headers as Record<string, string> });
    for (const { headers } of vendor.calls) {
      expect([headers["x-mine"], headers.authorization]).toEqual(["1", "token-1"]);
    }
    expect(vendor.calls.at(-1)?.headers.cookie).toBe("a=1; b=2");
    await call("zones", { headers: ["x-tag", "1", "x-tag", "2"] });
    expect(vendor.calls.at(-1)?.headers["x-tag"]).toBe("1, 2");
  });

  test("a failed login is the request's error", async () => {
    const { call } = await setUp({
      login: () => Promise.reject(new Error("no")),
    });
    await expect(call("zones")).rejects.toThrow("no");
  });
});

test("a request of undici 7 on a dispatcher of undici 8 fails with an explanation", async () => {
  const vendor = await servedVendor();
  const dispatcher = new undici8.Agent().compose(sessionInterceptor(vendor.session()));
  await expect(undici7.request(vendor.baseUrl, { dispatcher: dispatcher as never })).rejects.toThrow(
    "[@vms/core] sessionInterceptor: a dispatcher of undici 8",
  );
  expect(vendor.logins).toBe(0);
});

test("a request of undici 8 on a dispatcher of undici 7 works", async () => {
  const vendor = await servedVendor();
  const dispatcher = new undici7.Agent().compose(sessionInterceptor(vendor.session()));
  const { statusCode } = await undici8.request(vendor.baseUrl, { dispatcher: dispatcher as never });
  expect([statusCode, vendor.logins]).toEqual([200, 1]);
});
