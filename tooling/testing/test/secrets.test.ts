import { expect, test } from "vitest";
import { shows } from "../src/index.ts";

const secret = "canary key/1";

test.for<[string, unknown]>([
  ["a text", `a ${secret} in a sentence`],
  ["a message", new Error(secret)],
  ["a cause", new Error("made up", { cause: new Error(secret) })],
  ["a hidden property", Object.defineProperty({}, "hidden", { value: secret })],
  ["a property that is deep", { a: [{ b: new Map([["c", secret]]) }] }],
  ["`toJSON`", { toJSON: () => secret }],
  ["a URL", `https://vms.example/?key=${encodeURIComponent(secret)}`],
])("a secret in %s is found", ([, value]) => {
  expect(shows(value, ["another", secret])).toBe(true);
});

test("another value shows no secret", () => {
  expect(shows(new Error("made up", { cause: { key: "canary" } }), [secret])).toBe(false);
});
