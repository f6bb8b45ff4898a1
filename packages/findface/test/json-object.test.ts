import { expect, it } from "vitest";
import { isJsonObject } from "../src/json-object.ts";

it.each([{}, { a: 1, b: "x", c: null, d: [true, { e: [] }] }, Object.create(null)])("accepts JSON: %o", (value) => {
  expect(isJsonObject(value)).toBe(true);
});

it.each([
  undefined,
  null,
  "x",
  [],
  new Date(),
  new Map(),
  { a: undefined },
  { a: Number.NaN },
  { a: 1n },
  { a: () => 1 },
  { a: [new Date()] },
])("rejects a value that JSON would change or drop: %o", (value) => {
  expect(isJsonObject(value)).toBe(false);
});

it("rejects an object that contains itself", () => {
  const circle: Record<string, unknown> = {};
  circle.self = [circle];
  expect(isJsonObject(circle)).toBe(false);
});
