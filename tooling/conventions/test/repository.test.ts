import { readFileSync } from "node:fs";
import { join } from "node:path";
import { vendorNames } from "@vms-tooling/vendors";
import { describe, expect, test } from "vitest";
import { assumptionsOf, linesOf, readFiles, renderAssumptions, rules, workspaceOf } from "../src/index.ts";

const root = join(import.meta.dirname, "../../..");
const workspace = workspaceOf(readFiles(root));

test("the packages are found, including the core, the simulator and the vendors", () => {
  const folders = workspace.packages.map(({ folder }) => folder);
  expect(folders).toEqual(expect.arrayContaining(["core", "simulator", "test-suite"]));
  expect(workspace.vendors.map(({ folder }) => folder).sort()).toEqual(vendorNames.toSorted());
});

describe("in this repository", () => {
  test.for(rules.map((rule) => [rule.name, rule] as const))("%s", ([, rule]) => {
    expect(linesOf(rule, workspace)).toEqual([]);
  });
});

test("docs/assumptions.md is up to date; if not, run: pnpm --filter @vms-tooling/conventions run write", () => {
  const page = readFileSync(join(root, "docs/assumptions.md"), "utf8");
  expect(page).toBe(renderAssumptions(assumptionsOf(workspace)));
  // Each vendor leaves something open.
  for (const { folder, assumptions } of assumptionsOf(workspace)) expect([folder, assumptions.length]).not.toContain(0);
});
