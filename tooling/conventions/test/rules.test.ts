import { describe, expect, test } from "vitest";
import { houseOf, linesOf, rules } from "../src/index.ts";
import { editable } from "./broken.ts";
import { brokenPackages } from "./broken-packages.ts";
import { brokenVendors } from "./broken-vendors.ts";
import { soundHouse } from "./sound.ts";

const broken = [...brokenVendors, ...brokenPackages];

/** The rules that are broken, and where. */
function findings(files: Map<string, string>): Record<string, string[]> {
  const house = houseOf(files);
  const all = rules.map((rule) => [rule.name, linesOf(rule, house)] as const);
  return Object.fromEntries(all.filter(([, lines]) => lines.length > 0));
}

test("a sound house breaks no rule", () => {
  expect(findings(soundHouse())).toEqual({});
});

describe("a house that is wrong in one way breaks that rule, and no other", () => {
  test.for(broken.map((one) => [one.rule, one.how, one.change] as const))("%s: %s", ([rule, , change]) => {
    const files = soundHouse();
    change(editable(files));
    expect(findings(files)).toEqual({ [rule]: expect.anything() });
  });
});

test("each rule is broken by something, and has a name of its own", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const proven = new Set(broken.map(({ rule }) => rule));
  expect(names.filter((name) => !proven.has(name))).toEqual([]);
  expect([...proven].filter((name) => !names.includes(name))).toEqual([]);
});

describe("what is allowed", () => {
  test.for<[string, string, string]>([
    ["further rooms", "packages/acme/src/second-factor.ts", "export function ask(): void {}"],
    [
      "variables in functions",
      "packages/core/src/counted.ts",
      "export function count(): number {\n  let n = 0;\n  return ++n;\n}",
    ],
    [
      "zod where users do not see it",
      "packages/acme/src/inner.ts",
      'import * as z from "zod/mini";\nexport const inner = z.string();',
    ],
    ["a CHANGELOG without a changeset", "packages/acme/CHANGELOG.md", "# @vms/acme"],
    [
      "a console in words",
      "packages/core/src/said.ts",
      "/** `console.log(session)` shows no secret. */\nexport const said = 1;",
    ],
    ["300 lines", "packages/core/src/long.ts", "// A line.\n".repeat(300)],
    [
      "a package of one's own without a vendor in it",
      "packages/core/src/other.ts",
      'import "ky";\nexport const other = 1;',
    ],
  ])("%s", ([, path, text]) => {
    const files = soundHouse();
    files.set(path, text);
    if (path.endsWith("CHANGELOG.md")) files.delete(".changeset/first-acme.md");
    expect(findings(files)).toEqual({});
  });

  test("private packages are not released", () => {
    const files = soundHouse();
    files.set("packages/inner/package.json", '{ "name": "@vms/inner", "private": true }');
    expect(findings(files)).toEqual({});
  });
});

test("a file that is no TypeScript is named", () => {
  const files = soundHouse();
  files.set("packages/acme/src/flow.ts", "export const = 1;");
  expect(() => findings(files)).toThrow("src/flow.ts: ");
});
