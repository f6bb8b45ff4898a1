import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { RUN_ELSEWHERE } from "../src/elsewhere.ts";
import { folderOf, pages, ROOT } from "../src/pages.ts";
import { type Program, programsOf } from "../src/programs.ts";
import { runProgram } from "./run-program.ts";

const copies = join(import.meta.dirname, "../.report/programs");
const pathOf = ({ page, file }: Program) => join(copies, folderOf(page), file);
const programs = pages.filter((page) => !RUN_ELSEWHERE.has(page)).flatMap(programsOf);

beforeAll(() => {
  rmSync(copies, { recursive: true, force: true });
  for (const program of programs) {
    mkdirSync(dirname(pathOf(program)), { recursive: true });
    writeFileSync(pathOf(program), program.code);
  }
  const config = {
    extends: "../../../../tsconfig.base.json",
    compilerOptions: { isolatedDeclarations: false, declaration: false },
  };
  writeFileSync(join(copies, "tsconfig.json"), JSON.stringify(config));
});

test("the programs of each page have different names", () => {
  expect(programs.length).toBeGreaterThan(60);
  expect(new Set(programs.map(pathOf)).size).toBe(programs.length);
});

test("every program compiles unchanged, with the strict settings of this repository", () => {
  const tsc = join(import.meta.dirname, "../node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "--project", copies], { encoding: "utf8" });
  expect(stdout).toBe("");
});

test("no page hides TypeScript from the compiler under another language name", () => {
  const hidden = pages.filter((page) =>
    /^```(typescript|js|javascript|tsx)\b/m.test(readFileSync(join(ROOT, page), "utf8")),
  );
  expect(hidden).toEqual([]);
});

test("each page that does not run here has its own test", () => {
  for (const [page, file] of RUN_ELSEWHERE) {
    expect(pages).toContain(page);
    expect(existsSync(join(ROOT, file)), file).toBe(true);
  }
});

describe("every program runs on Node 22 and prints what its page shows", () => {
  test.for(programs.map((program) => [`${program.page}:${program.line}`, program] as const))(
    "%s",
    async ([, program]) => {
      const { out, err, status } = await runProgram(program, pathOf(program));
      expect({ err, status }).toEqual({ err: "", status: 0 });
      if (!program.file.endsWith(".test.ts")) expect(out).toBe(program.output.trim());
    },
  );
});
