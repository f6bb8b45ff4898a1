import { stripVTControlCharacters, styleText } from "node:util";
import { expect, test } from "vitest";
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

test("even long values are not truncated", () => {
  const long = "x".repeat(500);
  expect(formatTable(["NAME", "AT"], [[long, long]])).toContain(`${long}  ${long}`);
});

test("colours take no space, and stay in their cells", () => {
  const green = (text: string) => styleText("green", text, { validateStream: false });
  const rows = (style: (text: string) => string) => formatTable([style("NAME"), "AT"], [[style("a"), style("b")]]);
  expect(stripVTControlCharacters(rows(green))).toBe(rows((text) => text));
  expect(rows(green)).toContain(`${green("a")}     ${green("b")}\n`);
});
