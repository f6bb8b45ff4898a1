import { Readable } from "node:stream";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { Agent, interceptors, request } from "undici";
import { expect, test } from "vitest";
import type { Session } from "../../../src/contract/session.ts";
import { peekJson } from "../../../src/net/peek-json.ts";
import { sessionInterceptor } from "../../../src/node.ts";
import { type ServedVendor, servedVendor } from "../served-vendor.ts";

async function setUp(flow?: Parameters<ServedVendor["session"]>[0]) {
  const vendor = await servedVendor();
  const session: Session<null> = vendor.session(flow);
  const dispatcher = new Agent().compose(sessionInterceptor(session));
  const call = async (path: string, options: Parameters<typeof request>[1] = {}) => {
    const { statusCode, headers, body } = await request(vendor.baseUrl + path, { dispatcher, ...options });
    return { statusCode, headers, text: await body.text() };
  };
  return { vendor, session, dispatcher, call };
}

test("L1: a hundred requests at once on a fresh session make one login", async () => {
  const { vendor, call } = await setUp();
  const answers = await Promise.all(Array.from({ length: 100 }, (_, n) => call(`zones/${n}`)));
  expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
  expect(vendor.logins).toBe(1);
});

test("L3: a refused request is sent once more, with the same body and the new credential", async () => {
  const { vendor, call } = await setUp();
  await call("zones");
  vendor.live = undefined;
  const answer = await call("zones", { method: "POST", body: "payload", headers: { "x-mine": "1" } });
  expect(answer).toMatchObject({ statusCode: 200, text: '{"good":true}' });
  const sent = vendor.calls.slice(1).map(({ body, headers }) => [body, headers.authorization, headers["x-mine"]]);
  expect(sent).toEqual([
    ["payload", "token-1", "1"],
    ["payload", "token-2", "1"],
  ]);
});

test("L3: a second refusal is the caller's, and costs no second login", async () => {
  const { vendor, call } = await setUp();
  for (const _ of "ab") vendor.next((response) => response.writeHead(401).end("never"));
  expect(await call("forbidden")).toMatchObject({ statusCode: 401, text: "never" });
  expect([vendor.logins, vendor.calls.length]).toEqual([2, 2]);
  expect((await call("zones")).statusCode).toBe(200);
  expect(vendor.logins).toBe(2);
});

test("L2: refusals of the old session that arrive late are only sent again", async () => {
  const { vendor, call } = await setUp();
  await call("zones");
  vendor.live = undefined;
  const answers = await Promise.all(Array.from({ length: 50 }, () => call("zones")));
  expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
  expect(vendor.logins).toBe(2);
});

test("L4: an aborted request leaves alone, with its signal's own reason", async () => {
  const { vendor, call } = await setUp();
  const reason = new Error("the user went home");
  const leaver = new AbortController();
  const leaving = call("a", { signal: leaver.signal });
  const staying = call("b");
  leaver.abort(reason);
  await expect(leaving).rejects.toBe(reason);
  expect((await staying).statusCode).toBe(200);
  expect(vendor.logins).toBe(1);
});

test("L5: a stream is sent once: its refusal comes as it came, and the next request signs in", async () => {
  const { vendor, call } = await setUp();
  await call("zones");
  vendor.live = undefined;
  const answer = await call("upload", { method: "POST", body: Readable.from(["once"]) });
  expect(answer).toMatchObject({ statusCode: 401, text: '{"good":false}' });
  expect(vendor.logins).toBe(1);
  expect((await call("zones")).statusCode).toBe(200);
  expect(vendor.logins).toBe(2);
});

test("L12: a request to a foreign origin is refused before anything is sent", async () => {
  const { dispatcher, call } = await setUp();
  const other = await servedVendor();
  await call("zones");
  await expect(request(other.baseUrl, { dispatcher })).rejects.toMatchObject({ code: "origin_not_allowed" });
  expect(other.calls).toHaveLength(0);
});

test("L12: behind undici's redirect interceptor, a redirect at home is followed and one that leaves is refused", async () => {
  const { vendor, session } = await setUp();
  const other = await servedVendor();
  const dispatcher = new Agent().compose(sessionInterceptor(session), interceptors.redirect({ maxRedirections: 5 }));
  vendor.next((response) => response.writeHead(302, { location: "/new" }).end());
  expect((await request(`${vendor.baseUrl}old`, { dispatcher })).statusCode).toBe(200);
  vendor.next((response) => response.writeHead(302, { location: other.baseUrl }).end());
  await expect(request(`${vendor.baseUrl}old`, { dispatcher })).rejects.toMatchObject({ code: "origin_not_allowed" });
  expect(other.calls).toHaveLength(0);
});

test("it works behind an interceptor that knows only undici's newer handlers, such as retry", async () => {
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

test("L13: an answer shows no Set-Cookie, and what rotates is used from the next request on", async () => {
  const { vendor, call } = await setUp({
    rotate: (response) => response.headers.getSetCookie()[0]?.replace("sid=", ""),
  });
  await call("zones");
  vendor.live = "token-rotated";
  vendor.next((response) => response.setHeader("set-cookie", "sid=token-rotated").setHeader("x-other", "1").end("ok"));
  const { headers } = await call("zones");
  expect(headers).not.toHaveProperty("set-cookie");
  expect(headers).toHaveProperty("x-other", "1");
  expect((await call("zones")).statusCode).toBe(200);
  expect(vendor.logins).toBe(1);
});

test("a refusal that stands inside a small JSON answer is seen, and other answers pass whole", async () => {
  const { vendor, call } = await setUp({
    async isRejected(response) {
      const body = (await peekJson(response, 1_000)) as { status?: number } | undefined;
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
  ["br", brotliCompressSync],
  ["deflate", deflateSync],
] as const)(
  "a refusal inside an answer that is compressed by %s is seen, and a good answer passes as it came",
  async (name, press) => {
    const { vendor, call } = await setUp({
      isRejected: async (response) => ((await peekJson(response, 1_000)) as { status?: number })?.status === 40,
    });
    const pressed = (text: string) =>
      vendor.next((response) =>
        response.setHeader("content-type", "application/json").setHeader("content-encoding", name).end(press(text)),
      );
    pressed('{"status":40}');
    expect(await call("zones")).toMatchObject({ statusCode: 200, text: '{"good":true}' });
    pressed('{"status":65}');
    expect((await call("zones")).text).toBe(press('{"status":65}').toString("utf8"));
    vendor.next((response) =>
      response.setHeader("content-type", "application/json").setHeader("content-encoding", name).end("not compressed"),
    );
    expect((await call("zones")).text).toBe("not compressed");
    expect(vendor.logins).toBe(2);
  },
);

test("a credential that goes into the query is put there", async () => {
  const { vendor, call } = await setUp({ authorize: ({ data }) => ({ searchParams: { A: data } }) });
  expect((await call("zones?page=1&A=mine")).statusCode).toBe(200);
  expect((await call("zones", { query: { page: 2 } })).statusCode).toBe(200);
  expect(vendor.calls.map(({ url }) => url)).toEqual(["/zones?page=1&A=token-1", "/zones?page=2&A=token-1"]);
});

test("headers are taken in every form that undici takes", async () => {
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

test("L14: after logout() requests fail with session_closed", async () => {
  const { session, call } = await setUp();
  await call("zones");
  await session.logout();
  await expect(call("zones")).rejects.toMatchObject({ code: "session_closed" });
});

test("a failed login is the request's error", async () => {
  const { call } = await setUp({
    login: () => Promise.reject(new Error("no")),
  });
  await expect(call("zones")).rejects.toThrow("no");
});
