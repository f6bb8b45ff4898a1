import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { copyResponse, withFacts } from "../../src/request/copy-response.ts";
import { fakeVendor } from "../fake-vendor.ts";

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

test("a copy can be read after its original was garbage-collected", async () => {
  const server = createServer((_request, response) => {
    response.write("first ");
    setTimeout(() => response.end("second"), 300);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const copies = await Promise.all(
      Array.from({ length: 20 }, async () => copyResponse(await fetch(url), new Headers(), { url })),
    );
    for (let n = 0; n < 5; n++) {
      collectGarbage();
      await sleep(20);
    }
    const texts = await Promise.all(copies.map((copy) => copy.text()));
    expect(new Set(texts)).toEqual(new Set(["first second"]));
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("clones keep properties, and later properties are added to earlier ones", () => {
  const response = withFacts(withFacts(new Response("body"), { url: "https://a.example/" }), { redirected: true });
  for (const one of [response, response.clone(), response.clone().clone()]) {
    expect(one).toMatchObject({ url: "https://a.example/", redirected: true, status: 200 });
  }
});

test("a copy keeps a status that the constructor of Response rejects", () => {
  const original = withFacts(new Response(null), { status: 999 });
  expect(copyResponse(original, new Headers(), {}).status).toBe(999);
});

test.each<[string, (response: Response) => Response]>([
  ["its own `redirected`", (response) => Object.defineProperty(response, "redirected", { value: false })],
  ["its own `clone`", (response) => Object.defineProperty(response, "clone", { value: response.clone })],
  ["no place for other facts", (response) => Object.preventExtensions(response)],
])("a redirect is followed to a response with %s", async (_, made) => {
  const vendor = fakeVendor();
  const fetch: typeof globalThis.fetch = async (input, init) => made(await vendor.fetch(input, init));
  const session = vendor.session({ fetch });
  await session.login();
  vendor.next("/from", () => new Response(null, { status: 302, headers: { location: "/to" } }));
  const response = await session.fetch("from");
  expect([response.status, response.redirected]).toEqual([200, true]);
  expect(await response.json()).toEqual({ path: "/to", token: "token-1" });
});
