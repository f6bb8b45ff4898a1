import { readFileSync } from "node:fs";
import { vendorNames } from "@vms-tooling/vendors";
import { describe, expect, test } from "vitest";
import { GUARANTEES } from "../src/checks/guarantees.ts";
import { runScenario } from "./run-scenario.ts";

const NUMBERS = GUARANTEES.map((_, index) => index + 1);
/** Which handwritten client breaks a guarantee. */
const CARELESS = new Set([4, 9, 11, 16]);

const guide = readFileSync(new URL("../../../docs/guides/guarantees.md", import.meta.url), "utf8");

test("the playground has the twenty guarantees of the guide, by their headings", () => {
  const headings = [...guide.matchAll(/^## \d+\. (.+)$/gm)].map(([, heading = ""]) => heading.replaceAll("`", ""));
  expect(GUARANTEES.map(({ title }) => title)).toEqual(headings);
});

test("the text of each guarantee links to its scenario", () => {
  const links = [...guide.matchAll(/\]\(\.\.\/playground\.md#scenario=(\d+)\)/g)].map(([, number]) => Number(number));
  expect(links).toEqual(NUMBERS);
});

describe.each(NUMBERS)("the scenario of guarantee %i", (number) => {
  test.each([1, 2, 3])("shows that a session keeps it, and breaks no other, with seed %i", async (seed) => {
    const { verdicts } = await runScenario(`scenario=${number}&seed=${seed}`);
    expect(verdicts[number - 1]?.state).toBe("held");
    expect(verdicts.filter(({ state }) => state === "violated")).toEqual([]);
  });

  test("shows that a handwritten client breaks it, with a reason", async () => {
    const client = CARELESS.has(number) ? "careless" : "naive";
    const { verdicts } = await runScenario(`scenario=${number}&client=${client}`);
    expect(verdicts[number - 1]?.state).toBe("violated");
    expect(verdicts[number - 1]?.reason).toMatch(/^[A-Z\d].*\.$/);
  });

  test("has the same steps each time", async () => {
    const [one, other] = await Promise.all([runScenario(`scenario=${number}`), runScenario(`scenario=${number}`)]);
    expect(other.lines).toEqual(one.lines);
    expect(one.lines.length).toBeGreaterThan(5);
  });

  test("contains no password and no credential", async () => {
    const { lines } = await runScenario(`scenario=${number}`);
    expect(lines.filter((line) => /harbour|meadow|eyJ|[\da-f]{32}/.test(line))).toEqual([]);
  });
});

describe.each(vendorNames)("with the vendor %s", (vendor) => {
  test.each(["", "&code=yes", "&store=yes"])(
    "a session breaks no guarantee in any scenario, with the options %j",
    async (options) => {
      const broken: string[] = [];
      for (const number of NUMBERS) {
        const { verdicts } = await runScenario(`scenario=${number}&vendor=${vendor}${options}`);
        for (const one of verdicts) if (one.state === "violated") broken.push(`${number}: ${one.title}: ${one.reason}`);
      }
      expect(broken).toEqual([]);
    },
  );
});

test("the steps of a late rejection and of a replaced session show their guarantees", async () => {
  const { shown } = await runScenario("scenario=2");
  expect(shown).toContain(2);
  expect((await runScenario("scenario=18")).shown).toContain(18);
  expect((await runScenario("scenario=14")).shown).not.toContain(18);
});
