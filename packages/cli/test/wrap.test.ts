import { expect, test } from "vitest";
import { WIDTH, wrap } from "../src/command-line/wrap.ts";

test("a help's list of any length fits the screen, and loses no word", () => {
  const words = Array.from({ length: 60 }, (_, n) => `vendor-${n},`).join(" ");
  const lines = wrap(words).split("\n");
  expect(lines.length).toBeGreaterThan(3);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(WIDTH);
  expect(lines.join(" ")).toBe(words);
});

test("a short text stays one line", () => {
  expect(wrap("Vendors: alta, findface.")).toBe("Vendors: alta, findface.");
});
