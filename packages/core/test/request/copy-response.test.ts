import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { copyResponse, setFacts } from "../../src/request/copy-response.ts";

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

test("properties stay with clones, and later properties are added to earlier ones", () => {
  const response = setFacts(setFacts(new Response("body"), { url: "https://a.example/" }), { redirected: true });
  for (const one of [response, response.clone(), response.clone().clone()]) {
    expect(one).toMatchObject({ url: "https://a.example/", redirected: true, status: 200 });
  }
});

test("a copy keeps a status that the constructor of Response rejects", () => {
  const original = setFacts(new Response(null), { status: 999 });
  expect(copyResponse(original, new Headers(), {}).status).toBe(999);
});
