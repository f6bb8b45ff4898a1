import { styleText } from "node:util";
import { array, assert, constantFrom, property, string } from "fast-check";
import stringWidth from "string-width";
import { expect, test } from "vitest";
import { openTerminal } from "../src/command-line/terminal.ts";
import { wrap } from "../src/command-line/wrap.ts";
import { hasTerminals, vmsInTerminalOf } from "./support/run-in-terminal.ts";
import { environment, home } from "./support/run-vms.ts";
import { testSystem } from "./support/test-system.ts";

test("a list of any length in a help fits the screen and loses no word", () => {
  const words = Array.from({ length: 60 }, (_, n) => `vendor-${n},`).join(" ");
  const lines = wrap(words, 80).split("\n");
  expect(lines.length).toBeGreaterThan(3);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.join(" ")).toBe(words);
});

test("a short text stays one line", () => {
  expect(wrap("Vendors: alta, findface.", 80)).toBe("Vendors: alta, findface.");
});

test("a continued line keeps the indentation, and line breaks stay", () => {
  expect(wrap("one two\n  three four five", 12)).toBe("one two\n  three four\n  five");
});

test("a command at the end of a line is not broken if it fits", () => {
  expect(wrap("Sign in again, because it has ended: vms login alta --profile second", 50)).toBe(
    "Sign in again, because it has ended:\nvms login alta --profile second",
  );
  expect(wrap("No session: vms login alta --profile second", 20)).toBe("No session:\nvms login alta\n--profile second");
});

const styledWord = string({
  unit: constantFrom(..."abz.:/-", "中", "é", "…", "🚪"),
  minLength: 1,
  maxLength: 40,
}).chain((word) => constantFrom(word, styleText("dim", word, { validateStream: false })));

test.each([60, 80])("at %i columns no line is wider, styles included, and every word stays", (width) => {
  assert(
    property(array(styledWord, { minLength: 1, maxLength: 40 }), (words) => {
      const text = words.join(" ");
      const lines = wrap(text, width).split("\n");
      for (const line of lines) {
        if (line.includes(" ")) expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }
      expect(lines.join(" ")).toBe(text);
    }),
  );
});

test("only a terminal gets messages wrapped", () => {
  const line = "word ".repeat(40).trim();
  const said = (columns?: number) => {
    const { system, stderr } = testSystem([], environment("/nonexistent"));
    if (columns !== undefined) Object.assign(system.stderr, { isTTY: true, columns });
    openTerminal(system).say(line);
    return stderr.text();
  };
  expect(said()).toBe(`${line}\n`);
  expect(said(60)).toBe(`${wrap(line, 60)}\n`);
});

test.runIf(hasTerminals)("an error is wrapped at words on a real terminal", async () => {
  const terminal = vmsInTerminalOf(60, ["token", "a-profile-of-somebody-who-has-left"], environment(await home()));
  expect(await terminal.ended()).toBe(2);
  const lines = terminal.text().trimEnd().split("\r\n");
  expect(lines.length).toBeGreaterThan(1);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60);
  expect(lines.join(" ")).toContain('"a-profile-of-somebody-who-has-left"');
});
