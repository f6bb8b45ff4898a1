import { stripVTControlCharacters, styleText } from "node:util";
import { expect, test } from "vitest";
import { formatTable } from "../src/command-line/table.ts";

// Of each of these, what a terminal shows is as wide as the same number of dots.
const WIDE = [
  ["中文", "...."],
  ["ｱﾊﾟｰﾄ", "....."],
  ["한국어", "......"],
  ["e\u0301te\u0301", "..."],
  ["👩‍👩‍👧", ".."],
  ["🇩🇪 x", "...."],
  ["🚪1", "..."],
] as const;

test("columns are aligned, two blanks apart, without lines and without blanks at the end", () => {
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

test.each(WIDE)("%s takes as many columns as a terminal gives it", (text, dots) => {
  const row = (cell: string) => formatTable(["NAME", "AT"], [[cell, "|"]]);
  expect(row(text)).toBe(row(dots).replace(dots, text));
});

test("nothing is cut off, however long it is", () => {
  const long = "x".repeat(500);
  expect(formatTable(["NAME", "AT"], [[long, long]])).toContain(`${long}  ${long}`);
});

test("colours take no room, and stay in their cells", () => {
  const green = (text: string) => styleText("green", text, { validateStream: false });
  const rows = (style: (text: string) => string) => formatTable([style("NAME"), "AT"], [[style("a"), style("b")]]);
  expect(stripVTControlCharacters(rows(green))).toBe(rows((text) => text));
  expect(rows(green)).toContain(`${green("a")}     ${green("b")}\n`);
});
