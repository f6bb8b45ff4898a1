import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readRows, survivors } from "./document.ts";
import { mutations } from "./list.ts";
import { CORE, fileOf, mutate } from "./mutation.ts";

test("the text of each mutation occurs exactly once in its file", () => {
  for (const mutation of mutations) {
    const text = readFileSync(fileOf(mutation), "utf8");
    expect(mutate(mutation, text)).not.toBe(text);
  }
});

test("a mutation whose text does not occur exactly once is an error", () => {
  const mutation = { removed: "the b", file: "a.ts", find: "b", replace: "" };
  expect(mutate(mutation, "abc")).toBe("ac");
  for (const text of ["ac", "abcb"])
    expect(() => mutate(mutation, text)).toThrow('The mutation "the b" is out of date');
});

test("docs/mutations.md has a row for every mutation, in order, and no other", () => {
  const removed = mutations.map((mutation) => mutation.removed);
  expect(new Set(removed).size).toBe(removed.length);
  expect([...readRows().keys()], "run `npm run attack:mutations`").toEqual(removed);
});

test("docs/mutations.md explains why each undetected mutation survives", () => {
  expect(readFileSync(`${CORE}/../../docs/mutations.md`, "utf8")).toContain(survivors());
  const unnoticed = [...readRows().values()].filter((row) => row.endsWith("| no | no |"));
  expect(unnoticed).toHaveLength(mutations.filter(({ survives }) => survives !== undefined).length);
});
