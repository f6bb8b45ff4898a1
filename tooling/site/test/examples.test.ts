import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { type Example, examplesOf, folderOf } from "../src/examples.ts";
import { FRONT, guides } from "../src/guides.ts";
import { ROOT } from "../src/packages.ts";
import { flowOf } from "../src/real-flows.ts";
import { RUN_ELSEWHERE } from "./run-elsewhere.ts";

const copies = join(import.meta.dirname, "../.report/examples");
const pages = [FRONT, ...guides(ROOT, []).map(({ path }) => path)];
// A part of a real server's flow is compiled and run where the whole flow is.
const examples = pages
  .filter((page) => !RUN_ELSEWHERE.has(page))
  .flatMap((page) => examplesOf(ROOT, page))
  .filter(({ code }) => flowOf(code) === undefined);
const fileOf = ({ page, file }: Example) => join(copies, folderOf(page), file);

/** Where the compiler and the programs look for it, its messages name the page and the line. */
beforeAll(() => {
  rmSync(copies, { recursive: true, force: true });
  for (const example of examples) {
    mkdirSync(join(copies, folderOf(example.page)), { recursive: true });
    writeFileSync(fileOf(example), example.code);
  }
  const config = {
    extends: "../../../../tsconfig.base.json",
    compilerOptions: { isolatedDeclarations: false, declaration: false },
    include: ["**/*.ts", "../../test/ambient.d.ts"],
  };
  writeFileSync(join(copies, "tsconfig.json"), JSON.stringify(config));
});

test("the pages contain TypeScript, and each piece has its own file", () => {
  expect(examples.length).toBeGreaterThan(30);
  expect(new Set(examples.map(fileOf)).size).toBe(examples.length);
});

test("every piece of TypeScript in the pages compiles against the packages", () => {
  const tsc = join(import.meta.dirname, "../node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "--project", copies], { encoding: "utf8" });
  expect(stdout).toBe("");
});

test("no page hides TypeScript from the compiler under another language name", () => {
  const others = pages.flatMap((page) => [...examplesOf(ROOT, page, "typescript|js|javascript|tsx")]);
  expect(others).toEqual([]);
});
