import { expect, test } from "vitest";
import { wrap } from "../src/command-line/wrap.ts";

test("a help's list of any length fits the screen, and loses no word", () => {
  const words = Array.from({ length: 60 }, (_, n) => `vendor-${n},`).join(" ");
  const lines = wrap(words, 80).split("\n");
  expect(lines.length).toBeGreaterThan(3);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.join(" ")).toBe(words);
});

test("a short text stays one line", () => {
  expect(wrap("Vendors: alta, findface.", 80)).toBe("Vendors: alta, findface.");
});
