import { stripVTControlCharacters } from "node:util";
import { assert, integer, json, property } from "fast-check";
import { expect, test } from "vitest";
import { hasControlCharacters } from "../src/command-line/escape-controls.ts";
import { jsonFormat } from "../src/commands/api/format-json.ts";
import { testSystem } from "./support/test-system.ts";

const system = (env: Readonly<Record<string, string>>) => testSystem([], { VMS_HOME: "/nowhere", ...env }, 80).system;

/** Formats a text that arrives in pieces of a length. */
function formatted(text: string, piece = text.length, env: Readonly<Record<string, string>> = { NO_COLOR: "1" }) {
  const format = jsonFormat(system(env));
  let out = "";
  for (let at = 0; at < text.length; at += piece) out += format.write(text.slice(at, at + piece));
  return out;
}

test("JSON looks like the output of JSON.stringify, however it is split into pieces", () => {
  assert(
    property(json(), integer({ min: 1, max: 9 }), (text, piece) => {
      const own = formatted(`[${text}]`, piece);
      expect(JSON.parse(own)).toEqual([JSON.parse(text)]);
      expect(own.split("\n").length).toBe(JSON.stringify([JSON.parse(text)], undefined, 2).split("\n").length);
      expect(stripVTControlCharacters(formatted(`[${text}]`, piece, { FORCE_COLOR: "1" }))).toBe(own);
    }),
  );
});

test("numbers, the order of keys and repeated keys are kept", () => {
  expect(formatted('{"b":12345678901234567890,"2":1.0, "1":[],"b":{ }}')).toBe(
    '{\n  "b": 12345678901234567890,\n  "2": 1.0,\n  "1": [],\n  "b": {}\n}',
  );
});

test("keys, strings, numbers and literals have their own colours", () => {
  const lines = formatted('{"a":["b",-1,true,null]}', undefined, { FORCE_COLOR: "1" }).split("\n");
  expect(lines.slice(1, -2)).toEqual([
    '  \x1b[36m"a"\x1b[39m: [',
    '    \x1b[32m"b"\x1b[39m,',
    "    \x1b[33m-1\x1b[39m,",
    "    \x1b[1mtrue\x1b[22m,",
    "    \x1b[1mnull\x1b[22m",
  ]);
});

test("control characters are escaped, in strings, names and outside", () => {
  const text = formatted('{"\x1b":"\x9b\u202e\\u001b","b":\x1b[2J}');
  expect(text).toContain('"\\u001b": "\\u009b\\u202e\\u001b"');
  expect(hasControlCharacters(text.replaceAll("\n", ""))).toBe(false);
});

test("no colour remains if a response ends inside a string", () => {
  expect(formatted('{"a":"never ends', 4, { FORCE_COLOR: "1" }).endsWith("\x1b[39m")).toBe(true);
});

test.each([
  ["several documents", '{"a":1}{"a":2}\n[3]', '{\n  "a": 1\n}\n{\n  "a": 2\n}\n[\n  3\n]'],
  ["text that is not JSON", "Not found: try, again", "Not found: try, again"],
  ["broken JSON", '{broken "b" c', '{\n  broken "b" c'],
  ["nothing", " \n", ""],
])("%s lose no word", (_, text, expected) => {
  expect(formatted(text)).toBe(expected);
  expect(formatted(text, 1).replaceAll(/\s/g, "")).toBe(expected.replaceAll(/\s/g, ""));
});

test("a very deep document is indented only up to a limit, and keeps its characters", () => {
  const text = "[".repeat(100_000);
  const out = formatted(text, 1000);
  expect(out.replaceAll(/\s/g, "")).toBe(text);
  expect(out.length).toBeLessThan(300_000);
});

test("a long string and many short values are formatted quickly, piece by piece", () => {
  const format = jsonFormat(system({ FORCE_COLOR: "1" }));
  const short = '{"key":"value","n":12.5,"b":true},'.repeat(1928);
  const began = performance.now();
  format.write('["');
  for (let size = 0; size < 20e6; size += 65_536) format.write("x".repeat(65_536));
  format.write('",');
  for (let size = 0; size < 5e6; size += short.length) format.write(short);
  // Usually half a second.
  expect(performance.now() - began).toBeLessThan(15_000);
}, 60_000);
