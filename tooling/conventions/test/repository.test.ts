import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { houseOf, linesOf, readFiles, rules } from "../src/index.ts";

const house = houseOf(readFiles(join(import.meta.dirname, "../../..")));

test("the packages are found: the core, the simulator, and vendors", () => {
  const folders = house.packages.map(({ folder }) => folder);
  expect(folders).toEqual(expect.arrayContaining(["core", "simulator", "test-suite"]));
  expect(house.vendors.map(({ folder }) => folder)).toEqual(
    expect.arrayContaining(["admin-token", "alertsite", "alta", "eagleeye", "findface"]),
  );
  expect(house.vendors.map(({ folder }) => folder)).not.toContain("cli");
});

describe("in this repository", () => {
  test.for(rules.map((rule) => [rule.name, rule] as const))("%s", ([, rule]) => {
    expect(linesOf(rule, house)).toEqual([]);
  });
});
