import { stripVTControlCharacters, styleText } from "node:util";
import { array, assert, constantFrom, integer, property, string, tuple } from "fast-check";
import { expect, test } from "vitest";
import { truncateMiddle, widthOf } from "../src/command-line/fit-text.ts";
import { formatTable } from "../src/command-line/table.ts";

// Each of these is as wide on a terminal as the same number of dots.
const WIDE = [
  ["中文", "...."],
  ["ｱﾊﾟｰﾄ", "....."],
  ["한국어", "......"],
  ["e\u0301te\u0301", "..."],
  ["👩‍👩‍👧", ".."],
  ["🇩🇪 x", "...."],
  ["🚪1", "..."],
] as const;

test("columns are aligned, two spaces apart, without lines and trailing spaces", () => {
  expect(
    formatTable(
      ["NAME", "AT", "NOTE"],
      [
        ["a", "here", ""],
        ["longer-name", "", "x"],
      ],
    ),
  ).toBe(["NAME         AT    NOTE", "a            here", "longer-name        x", ""].join("\n"));
});

test.each(WIDE)("%s takes as many columns as on a terminal", (text, dots) => {
  const row = (cell: string) => formatTable(["NAME", "AT"], [[cell, "|"]]);
  expect(row(text)).toBe(row(dots).replace(dots, text));
});

test("without a limit, even long values are not truncated", () => {
  const long = "x".repeat(500);
  expect(formatTable(["NAME", "AT"], [[long, long]])).toContain(`${long}  ${long}`);
});

test("colours take no space, and stay in their cells", () => {
  const green = (text: string) => styleText("green", text, { validateStream: false });
  const rows = (style: (text: string) => string) => formatTable([style("NAME"), "AT"], [[style("a"), style("b")]]);
  expect(stripVTControlCharacters(rows(green))).toBe(rows((text) => text));
  expect(rows(green)).toContain(`${green("a")}     ${green("b")}\n`);
});

const HEAD = ["NAME", "ACCOUNT", "HOST", "AT"];
const TRUNCATED = [1, 2];
const WIDTHS = [60, 80, 100, 120];

test("a value that is too wide loses its middle", () => {
  expect(truncateMiddle("operator@acme.example", 15)).toBe("operato…example");
  expect(truncateMiddle("操作员@例子.example", 10)).toBe("操作…mple");
  expect(truncateMiddle("e\u0301".repeat(9), 5)).toBe(`e\u0301e\u0301…e\u0301e\u0301`);
  expect(truncateMiddle("fits", 4)).toBe("fits");
});

test("a table that is too wide truncates the widest column first", () => {
  const rows = [["alta", "operator@acme.example", "acme.eu.alta.avigilon.com", "now"]];
  expect(formatTable(HEAD, rows, { width: 50, truncated: TRUNCATED })).toBe(
    [
      "NAME  ACCOUNT             HOST                 AT",
      "alta  operator@….example  acme.eu.a…gilon.com  now",
      "",
    ].join("\n"),
  );
});

test("optional columns are left out, the first one first, before rows become blocks", () => {
  const rows = [["alta", "operator@acme.example", "acme.eu.alta.avigilon.com", "now"]];
  const at = (width: number) => formatTable(HEAD, rows, { width, truncated: TRUNCATED, optional: [3, 2] });
  expect(at(33).split("\n")[0]).toBe("NAME  ACCOUNT     HOST        AT");
  expect(at(30).split("\n")[0]).toBe("NAME  ACCOUNT      HOST");
  expect(at(20)).toBe("NAME  ACCOUNT\nalta  operato…xample\n");
  expect(at(12)).toContain("\nHOST     ");
});

test("values that would look the same are printed in full as blocks", () => {
  const rows = ["a", "b"].map((one) => ["alta", `operator-of-the-gate-${one}-at-night@acme.example`, "host", "now"]);
  expect(formatTable(HEAD, rows, { width: 40, truncated: TRUNCATED })).toBe(
    [
      "NAME     alta",
      "ACCOUNT  operator-of-the-gate-a-at-night",
      "         @acme.example",
      "HOST     host",
      "AT       now",
      "",
      "NAME     alta",
      "ACCOUNT  operator-of-the-gate-b-at-night",
      "         @acme.example",
      "HOST     host",
      "AT       now",
      "",
    ].join("\n"),
  );
});

const name = string({
  unit: constantFrom(..."abz09-.@", "中", "ｱ", "한", "e\u0301", "👩‍👩‍👧", "🇩🇪", "🚪", "…"),
  minLength: 1,
  maxLength: 70,
});

test("on a terminal no line is wider than the terminal, and all rows can be told apart", () => {
  const row = tuple(name, name, name, constantFrom("in 2h 59m", "idle 14m"));
  assert(
    property(array(row, { minLength: 1, maxLength: 6 }), constantFrom(...WIDTHS), (rows, width) => {
      const lines = formatTable(HEAD, rows, { width, truncated: TRUNCATED }).trimEnd().split("\n");
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      const shown = lines.length === rows.length + 1 ? lines.slice(1) : lines.join("\n").split("\n\n");
      expect(new Set(shown).size).toBe(new Set(rows.map((cells) => cells.join("\n"))).size);
    }),
  );
});

test("on a terminal that is wide enough, a table is the same as without a limit", () => {
  assert(
    property(array(tuple(name, name, name, name)), integer({ min: 0, max: 9 }), (rows, more) => {
      const full = formatTable(HEAD, rows);
      const width = Math.max(...full.split("\n").map(widthOf)) + more;
      expect(formatTable(HEAD, rows, { width: Math.max(width, 8), truncated: TRUNCATED })).toBe(full);
    }),
  );
});
