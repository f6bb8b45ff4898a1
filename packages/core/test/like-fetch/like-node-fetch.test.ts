import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeFetchProbes } from "./all-probes.ts";
import { judge, namesOf } from "./difference.ts";
import { NODE_FETCH_PAGE, renderNodeFetchPage } from "./document.ts";
import { nodeFetchDifferences } from "./node-fetch-differences.ts";
import type { Observed } from "./observe.ts";
import { bareWay, nodeFetchWay, UNDICIS, type UndiciName, type Way } from "./ways.ts";

const names = Object.keys(UNDICIS) as UndiciName[];
let bare: Way;
let ways: readonly Way[];
beforeAll(async () => {
  bare = await bareWay();
  ways = await Promise.all(names.map(nodeFetchWay));
});
afterAll(() => {
  for (const way of [bare, ...ways]) way.close();
});

/** Removes the prototype of responses, which a single probe compares. */
function comparable(observed: Observed): Observed {
  const text = JSON.stringify(observed, (key, value) => (key === "isPlainResponse" ? undefined : value));
  return JSON.parse(text);
}

describe("nodeFetch behaves like fetch, except for the differences in the table", () => {
  test.for(nodeFetchProbes)("$name", async (probe) => {
    const observed = await Promise.all([bare, ...ways].map((way) => way.run(probe)));
    const [expected, ...actual] = observed.map(comparable);
    const verdicts = names.map((name, n) => [name, judge(probe, name, nodeFetchDifferences, expected!, actual[n]!)]);
    expect(verdicts).toEqual(names.map((name) => [name, { unexplained: [], outdated: [] }]));
  });
});

describe("the table of differences", () => {
  test("names probes that exist", () => {
    expect(nodeFetchProbes.map(({ name }) => name)).toEqual(expect.arrayContaining(namesOf(...nodeFetchDifferences)));
  });

  test("belongs to probes with different names", () => {
    const all = nodeFetchProbes.map(({ name }) => name);
    expect(all.filter((name, n) => all.indexOf(name) !== n)).toEqual([]);
  });

  test("is in docs/guides/like-node-fetch.md", () => {
    expect(readFileSync(NODE_FETCH_PAGE, "utf8")).toBe(renderNodeFetchPage());
  });
});
