import { expect, test, vi } from "vitest";
import { tryPeekJson } from "../../src/net/try-peek-json.ts";

const json = (body: BodyInit | null, headers: Record<string, string> = {}) =>
  new Response(body, { headers: { "content-type": "application/json", ...headers } });

test("the body of a response is read, and stays readable", async () => {
  const response = json('{"error":"expired"}');
  expect(await tryPeekJson(response, 1000)).toEqual({ error: "expired" });
  expect(response.bodyUsed).toBe(false);
  expect(await response.json()).toEqual({ error: "expired" });
});

test("a response can be peeked at twice", async () => {
  const response = json("[1]");
  expect([await tryPeekJson(response, 10), await tryPeekJson(response, 10)]).toEqual([[1], [1]]);
  expect(await response.text()).toBe("[1]");
});

test("a body of exactly the limit is read; with one byte more it is not, but stays readable", async () => {
  const text = JSON.stringify("x".repeat(98));
  expect(await tryPeekJson(json(text), 100)).toHaveLength(98);
  const larger = json(text);
  expect(await tryPeekJson(larger, 99)).toBeUndefined();
  expect(await larger.text()).toBe(text);
});

test("the limit counts bytes, not characters", async () => {
  expect(await tryPeekJson(json('"ää"'), 5)).toBeUndefined();
  expect(await tryPeekJson(json('"ää"'), 6)).toBe("ää");
});

test("a body that is too large by its Content-Length is not read", async () => {
  const body = new ReadableStream(
    {
      pull() {
        throw new Error("was read");
      },
    },
    { highWaterMark: 0 },
  );
  expect(await tryPeekJson(json(body, { "content-length": "5000" }), 100)).toBeUndefined();
});

test("a large body is not read to the end", async () => {
  let pulls = 0;
  const body = new ReadableStream(
    {
      pull(controller) {
        pulls++;
        controller.enqueue(new Uint8Array(50));
      },
    },
    { highWaterMark: 0 },
  );
  expect(await tryPeekJson(json(body), 100)).toBeUndefined();
  expect(pulls).toBeLessThan(6);
});

test("any JSON type, or no type, is read; other types are not", async () => {
  for (const type of ["application/json; charset=utf-8", "application/problem+json", "text/json", "APPLICATION/JSON"]) {
    expect(await tryPeekJson(json("1", { "content-type": type }), 10), type).toBe(1);
  }
  expect(await tryPeekJson(new Response(new TextEncoder().encode("1")), 10)).toBe(1);
  for (const type of ["text/html", "video/mp4", "application/octet-stream"]) {
    const response = json("1", { "content-type": type });
    expect(await tryPeekJson(response, 10), type).toBeUndefined();
    expect(await response.text()).toBe("1");
  }
});

test("a body that is not JSON, empty, absent, used or broken gives undefined, not an error", async () => {
  expect(await tryPeekJson(json("{"), 10)).toBeUndefined();
  expect(await tryPeekJson(json(""), 10)).toBeUndefined();
  expect(await tryPeekJson(json(null), 10)).toBeUndefined();
  expect(await tryPeekJson(json("1", { "content-length": "many" }), 10)).toBe(1);
  const used = json("1");
  await used.text();
  expect(await tryPeekJson(used, 10)).toBeUndefined();
  const locked = json("1");
  locked.body?.getReader();
  expect(await tryPeekJson(locked, 10)).toBeUndefined();
  const broken = new ReadableStream({
    pull(controller) {
      controller.error(new Error("cut off"));
    },
  });
  const response = json(broken);
  expect(await tryPeekJson(response, 10)).toBeUndefined();
  await expect(response.text()).rejects.toThrow("cut off");
});

test("a body that does not end within a second is not read further, and stays readable", async () => {
  vi.useFakeTimers();
  try {
    const open = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode("[1]")) });
    const response = json(open);
    const peeked = tryPeekJson(response, 1_000);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await peeked).toBeUndefined();
    expect(vi.getTimerCount()).toBe(0);
    expect(response.bodyUsed).toBe(false);
    const { value } = (await response.body?.getReader().read()) ?? expect.fail();
    expect(new TextDecoder().decode(value)).toBe("[1]");
  } finally {
    vi.useRealTimers();
  }
});
