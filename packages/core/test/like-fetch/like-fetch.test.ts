import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fetchProbes, kyProbes } from "./all-probes.ts";
import { type Difference, judge, namesOf } from "./difference.ts";
import { PAGE, renderPage } from "./document.ts";
import { fetchDifferences } from "./fetch-differences.ts";
import { kyDifferences } from "./ky-differences.ts";
import type { Probe } from "./probe.ts";
import { bareWay, type SessionWay, STATES, sessionWay, type Way } from "./ways.ts";

let bare: Way;
let sessions: readonly SessionWay[];
beforeAll(async () => {
  bare = await bareWay();
  sessions = await Promise.all(STATES.map(sessionWay));
});
afterAll(() => {
  for (const way of [bare, ...sessions]) way.close();
});

async function compare(probe: Probe, table: readonly Difference[]): Promise<void> {
  const [expected, ...actual] = await Promise.all([bare, ...sessions].map((way) => way.run(probe)));
  const verdicts = sessions.map(({ state }, n) => [state, judge(probe, state, table, expected!, actual[n]!)]);
  expect(verdicts).toEqual(STATES.map((state) => [state, { unexplained: [], outdated: [] }]));
}

describe("session.fetch behaves like fetch, except for the differences in the table", () => {
  test.for(fetchProbes)("$name", (probe) => compare(probe, fetchDifferences));
});

describe("session.http behaves like ky, except for the differences in the table", () => {
  test.for(kyProbes)("$name", (probe) => compare(probe, kyDifferences));
});

describe("the tables of differences", () => {
  test("name probes that exist", () => {
    expect(fetchProbes.map(({ name }) => name)).toEqual(expect.arrayContaining(namesOf(...fetchDifferences)));
    expect(kyProbes.map(({ name }) => name)).toEqual(expect.arrayContaining(namesOf(...kyDifferences)));
  });

  test("belong to probes with different names", () => {
    for (const probes of [fetchProbes, kyProbes]) {
      const names = probes.map(({ name }) => name);
      expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
    }
  });

  test("are in docs/guides/like-fetch.md", () => {
    expect(readFileSync(PAGE, "utf8")).toBe(renderPage());
  });
});
