import { expect, test } from "vitest";
import { escapeControls, escapeControlsInJson, hasControlCharacters } from "../src/command-line/escape-controls.ts";

test("control characters are escaped, except tabs and line ends", () => {
  expect(escapeControls("a\tb\r\n\x1b[31m\x7f\x9bé")).toBe("a\tb\r\n\\u001b[31m\\u007f\\u009bé");
});

test("JSON keeps its meaning when control characters are escaped", () => {
  const value = { "k\x9b": "\x1b\x7f\u0085\u202e\u2066é" };
  const json = escapeControlsInJson(JSON.stringify(value));
  expect(JSON.parse(json)).toEqual(value);
  expect(hasControlCharacters(json)).toBe(false);
});
