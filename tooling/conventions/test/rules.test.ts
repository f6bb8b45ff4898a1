import { describe, expect, test } from "vitest";
import { linesOf, rules, workspaceOf } from "../src/index.ts";
import { editable } from "./broken.ts";
import { brokenPackages } from "./broken-packages.ts";
import { brokenVendors } from "./broken-vendors.ts";
import { validWorkspace } from "./valid-workspace.ts";

const broken = [...brokenVendors, ...brokenPackages];

/** The violated rules, with their violations. */
function findings(files: Map<string, string>): Record<string, string[]> {
  const workspace = workspaceOf(files);
  const all = rules.map((rule) => [rule.name, linesOf(rule, workspace)] as const);
  return Object.fromEntries(all.filter(([, lines]) => lines.length > 0));
}

test("a valid workspace violates no rule", () => {
  expect(findings(validWorkspace())).toEqual({});
});

describe("a workspace with one violation violates only that rule", () => {
  test.for(broken.map((one) => [one.rule, one.how, one.change] as const))("%s: %s", ([rule, , change]) => {
    const files = validWorkspace();
    change(editable(files));
    expect(findings(files)).toEqual({ [rule]: expect.anything() });
  });
});

test("each rule has a change that violates it, and a unique name", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  const proven = new Set(broken.map(({ rule }) => rule));
  expect(names.filter((name) => !proven.has(name))).toEqual([]);
  expect([...proven].filter((name) => !names.includes(name))).toEqual([]);
});

describe("what is allowed", () => {
  test.for<[string, string, string]>([
    ["further files", "packages/acme/src/second-factor.ts", "export function ask(): void {}"],
    [
      "variables in functions",
      "packages/core/src/util/counted.ts",
      "export function count(): number {\n  let n = 0;\n  return ++n;\n}",
    ],
    [
      "valibot in a type that is not public",
      "packages/acme/src/inner.ts",
      'import * as v from "valibot";\nexport const inner = v.string();',
    ],
    ["a CHANGELOG without a changeset", "packages/acme/CHANGELOG.md", "# @vms/acme"],
    [
      "an import of a folder above, from a nested folder",
      "packages/core/src/contract/events/expired.ts",
      'import type { SessionOptions } from "../options.ts";\nimport "../../net/target.ts";',
    ],
    ["an entry point that imports the last folder", "packages/core/src/node.ts", 'import "./node/file-store.ts";'],
    [
      "a Date of a number, or of its parts",
      "packages/core/src/util/dated.ts",
      "export const at = (ms: number, clock: Clock) =>\n  [new Date(), new Date(ms), new Date(ms * 2 + clock.now()), new Date(2026, 0)];",
    ],
    ["a package that is not ours", "packages/core/src/node/other.ts", 'import "ky";\nexport const other = 1;'],
  ])("%s", ([, path, text]) => {
    const files = validWorkspace();
    files.set(path, text);
    if (path.endsWith("CHANGELOG.md")) files.delete(".changeset/first-acme.md");
    expect(findings(files)).toEqual({});
  });

  test("21 files in errors/, and a folder that contains only folders", () => {
    const files = validWorkspace();
    for (let n = 1; n <= 21; n++) files.set(`packages/core/src/errors/error-${n}.ts`, "");
    for (const name of ["a", "b", "c"]) files.set(`packages/cli/src/commands/login/${name}.ts`, "");
    expect(findings(files)).toEqual({});
  });

  test("private packages are not released", () => {
    const files = validWorkspace();
    files.set("packages/inner/package.json", '{ "name": "@vms/inner", "private": true }');
    expect(findings(files)).toEqual({});
  });
});

test("an error names the file that cannot be parsed", () => {
  const files = validWorkspace();
  files.set("packages/acme/src/flow.ts", "export const = 1;");
  expect(() => findings(files)).toThrow("src/flow.ts: ");
});
