import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createSimulator, type VendorServer } from "../src/index.ts";
import { call, cookiesOf, json } from "./requests.ts";

/** Every module that `file` imports, directly or not. */
function importsOf(file: string, seen: Set<string> = new Set()): Set<string> {
  for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/(?:from|import) "([^"]+)"/g)) {
    const target = name.startsWith(".") ? join(dirname(file), name) : name;
    if (seen.has(target)) continue;
    seen.add(target);
    if (name.startsWith(".")) importsOf(target, seen);
  }
  return seen;
}

test("the universal entry needs only Hono and Web APIs", () => {
  const names = [...importsOf(join(import.meta.dirname, "../src/index.ts"))];
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !name.endsWith(".ts"))).toEqual(expect.arrayContaining(["hono"]));
  for (const name of names.filter((name) => !name.endsWith(".ts"))) expect(name).toMatch(/^hono(\/|$)/);
});

test("a simulator has a server for each vendor by its name in camel case, all on one clock", () => {
  const simulator = createSimulator();
  const { all, clock, ...byKey } = simulator;
  expect(all.length).toBeGreaterThan(4);
  for (const server of all) expect(server.clock).toBe(clock);
  expect(new Set(all.map(({ origin }) => origin)).size).toBe(all.length);
  const camelCase = ({ vendor }: VendorServer) => vendor.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  expect(Object.entries(byKey)).toEqual(all.map((server) => [camelCase(server), server]));
});

test("a simulator passes options on", () => {
  const clock = { now: () => 5, advance: () => {} };
  const simulator = createSimulator({ alta: { clock }, findface: { basePath: "/api" } });
  expect(simulator.alta.clock).toBe(clock);
  expect(simulator.findface.clock).toBe(simulator.clock);
  expect(simulator.findface.basePath).toBe("/api");
});

test("each vendor has a base URL, a first call and an account", async () => {
  for (const server of createSimulator().all) {
    expect(server.baseUrl).toBe(server.origin + server.basePath);
    expect(server.account).toMatchObject({ username: expect.any(String), password: expect.any(String) });
    expect((await call(server, server.firstCall)).status).not.toBe(404);
  }
});

test("cookies survive a platform that removes them from requests and responses, as browsers do", async () => {
  const { alta } = createSimulator();
  const Original = globalThis.Request;
  // A browser's `Request` drops the `Cookie` header.
  class BrowserRequest extends Original {
    constructor(input: RequestInfo | URL, init?: RequestInit) {
      super(input, init);
      this.headers.delete("cookie");
    }
  }
  globalThis.Request = BrowserRequest;
  try {
    const session = cookiesOf(await call(alta, "api/v1/dologin", json(alta.account)));
    expect((await call(alta, "api/v1/me", { headers: session })).status).toBe(200);
  } finally {
    globalThis.Request = Original;
  }
});
