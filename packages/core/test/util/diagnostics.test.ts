import { afterEach, expect, test, vi } from "vitest";

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["read", { get: refuse }],
  ["called", { value: refuse }],
])("a runtime that throws when a function of `process` is %s has no channels", async (when, property) => {
  vi.stubGlobal("process", Object.defineProperty({}, "getBuiltinModule", property));
  const copy = `../../src/util/diagnostics.ts?${when}`;
  const { traced }: typeof import("../../src/util/diagnostics.ts") = await import(copy);
  expect(await traced("login", {}, async () => "signed in", String)).toBe("signed in");
});

function refuse(): never {
  throw new Error("A Node.js API is used which is not supported");
}
