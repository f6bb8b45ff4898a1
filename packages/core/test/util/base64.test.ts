import fc from "fast-check";
import { expect, test } from "vitest";
import { base64Utf8 } from "../../src/util/base64.ts";

test("the output is the base64 of the UTF-8 bytes, for any text", () => {
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: "grapheme" }),
    fc.string({ unit: "binary" }),
    // Halves of a pair, too.
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  );
  fc.assert(
    fc.property(texts, (text) => {
      expect(base64Utf8(text)).toBe(Buffer.from(text, "utf8").toString("base64"));
    }),
    { numRuns: 1000 },
  );
});

test("a text of a megabyte is encoded", () => {
  const text = "ä".repeat(524_288);
  expect(base64Utf8(text)).toBe(Buffer.from(text).toString("base64"));
});
