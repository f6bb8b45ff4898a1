import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { programOf } from "../src/program.ts";
import { scenarioOf } from "../src/scenario/guarantees.ts";
import { runScenario } from "./run-scenario.ts";

const folder = join(import.meta.dirname, "../.report/programs");
const NUMBERS = Array.from({ length: 20 }, (_, index) => index + 1);
const fileOf = (number: number) => join(folder, `scenario-${number}.ts`);

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const number of NUMBERS) writeFileSync(fileOf(number), programOf(scenarioOf(number)));
  const compilerOptions = { isolatedDeclarations: false, declaration: false };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../../../tsconfig.base.json", compilerOptions }),
  );
});

test("the programs compile with the strict settings of this repository", () => {
  const tsc = join(import.meta.dirname, "../node_modules/typescript/bin/tsc");
  expect(spawnSync(process.execPath, [tsc, "--project", folder], { encoding: "utf8" }).stdout).toBe("");
});

describe("the program of a scenario makes as many logins as the scenario", () => {
  test.each(NUMBERS)("%i", async (number) => {
    const { logins } = await runScenario(`scenario=${number}`);
    const { stdout, stderr, status } = spawnSync(process.execPath, [fileOf(number)], {
      encoding: "utf8",
      timeout: 60_000,
    });
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    expect(stdout.trim().split("\n").at(-1)).toBe(`${logins} logins sent`);
  });
});
