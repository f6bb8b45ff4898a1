import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { filesOf } from "./page.ts";

const PAGES = ["web-frameworks", "jobs-and-serverless", "testing"];
/** TypeScript 7 takes a quarter of the time of TypeScript 6, which ts-jest needs. */
const TSC = join(import.meta.dirname, "../node_modules/typescript-7/bin/tsc");
const folder = join(import.meta.dirname, "../.report/compiled");

test("every program of the pages compiles with the strict settings of this repository", () => {
  rmSync(folder, { recursive: true, force: true });
  const module = filesOf("web-frameworks").get("zones.module.ts") ?? "";
  for (const page of PAGES) {
    // The tests on another page import this module.
    const files = new Map([...filesOf(page), ["zones.module.ts", module], ["commonjs/zones.module.ts", module]]);
    for (const [file, code] of files) {
      if (!file.endsWith(".ts")) continue;
      mkdirSync(dirname(join(folder, page, file)), { recursive: true });
      writeFileSync(join(folder, page, file), code);
    }
  }
  const compilerOptions = {
    isolatedDeclarations: false,
    declaration: false,
    erasableSyntaxOnly: false, // Nest's constructors declare members
    experimentalDecorators: true,
  };
  const config = { extends: "../../../../tsconfig.base.json", compilerOptions, include: ["**/*.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const { stdout, status } = spawnSync(process.execPath, [TSC, "--project", folder], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

test("each page says which packages to install for its programs", () => {
  const pages = globSync(`{${PAGES.join(",")}}.md`, { cwd: join(import.meta.dirname, "../../../docs/guides") });
  expect(pages).toHaveLength(PAGES.length);
  for (const page of PAGES) {
    const text = readFileSync(join(import.meta.dirname, "../../../docs/guides", `${page}.md`), "utf8");
    const named = [...text.matchAll(/`npm install ([^`]+)`/g)].flatMap((match) => (match[1] ?? "").split(" "));
    const imported = [...filesOf(page).values()].flatMap((code) =>
      [...code.matchAll(/ from "((?:@[\w-]+\/)?[\w-]+)(?:\/[\w-]+)*";/g)].map((match) => match[1] ?? ""),
    );
    const missing = imported.filter((name) => !named.some((one) => one.replace(/(.)@.*/, "$1") === name));
    expect(
      missing.filter((name) => name !== "node"),
      page,
    ).toEqual([]);
  }
});
