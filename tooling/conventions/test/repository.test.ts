import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { linesOf, readFiles, rules, workspaceOf } from "../src/index.ts";

const workspace = workspaceOf(readFiles(join(import.meta.dirname, "../../..")));

test("the packages are found: the core, the simulator and the vendors", () => {
  const folders = workspace.packages.map(({ folder }) => folder);
  expect(folders).toEqual(expect.arrayContaining(["core", "simulator", "test-suite"]));
  expect(workspace.vendors.map(({ folder }) => folder)).toEqual(
    expect.arrayContaining(["admin-token", "alertsite", "alta", "eagleeye", "findface"]),
  );
  expect(workspace.vendors.map(({ folder }) => folder)).not.toContain("cli");
});

describe("in this repository", () => {
  test.for(rules.map((rule) => [rule.name, rule] as const))("%s", ([, rule]) => {
    expect(linesOf(rule, workspace)).toEqual([]);
  });
});
