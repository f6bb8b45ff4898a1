import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../../..");

/** Files with one violation each, by the rule that reports it. Each file of a cycle has one. */
const FAULTS: readonly (readonly [what: string, rule: string, files: Readonly<Record<string, string>>])[] = [
  [
    "an import cycle",
    "lint/suspicious/noImportCycles",
    {
      "packages/core/src/value/a.ts": 'import { b } from "./b.ts";\nexport const a = (): number => b();\n',
      "packages/core/src/value/b.ts": 'import { a } from "./a.ts";\nexport const b = (): number => a();\n',
    },
  ],
  [
    "an import cycle of types",
    "lint/suspicious/noImportCycles",
    {
      "packages/core/src/types/a.ts": 'import type { B } from "./b.ts";\nexport interface A {\n  b?: B;\n}\n',
      "packages/core/src/types/b.ts": 'import type { A } from "./a.ts";\nexport interface B {\n  a?: A;\n}\n',
    },
  ],
  [
    "an import cycle of three files, with a lazy import and a re-export, in tooling",
    "lint/suspicious/noImportCycles",
    {
      "tooling/demo/src/a.ts": 'export const a = () => import("./b.ts");\n',
      "tooling/demo/src/b.ts": 'export { c } from "./c.ts";\n',
      "tooling/demo/src/c.ts": 'import type { a } from "./a.ts";\nexport const c = (given: typeof a) => given;\n',
    },
  ],
  ["a default export", "lint/style/noDefaultExport", { "packages/cli/src/default.ts": "export default 1;\n" }],
  [
    "a name exported as default",
    "lint/style/noDefaultExport",
    { "packages/cli/src/named.ts": "const one = 1;\nexport { one as default };\n" },
  ],
  ["export *", "lint/performance/noReExportAll", { "packages/alta/src/all.ts": 'export * from "node:path";\n' }],
  [
    "export * under a name",
    "lint/performance/noReExportAll",
    { "packages/alta/src/all-as.ts": 'export * as path from "node:path";\n' },
  ],
  ["the console", "lint/suspicious/noConsole", { "packages/core/src/console.ts": 'console.log("a");\n' }],
  [
    "more than 300 lines",
    "lint/style/noExcessiveLinesPerFile",
    { "packages/core/src/long.ts": `${"// A line.\n".repeat(300)}export const a = 1;\n` },
  ],
  ["all of zod", "lint/style/noRestrictedImports", { "packages/alta/src/zod.ts": 'import "zod";\n' }],
  ["a part of zod", "lint/style/noRestrictedImports", { "packages/alta/src/part.ts": 'import "zod/mini";\n' }],
];

const ALLOWED: Readonly<Record<string, string>> = {
  "packages/core/vitest.config.ts": "export default {};\n",
  "packages/core/src/short.ts": `${"// A line.\n".repeat(299)}export const a = 1;\n`,
  "packages/alta/src/schema.ts": 'import "valibot";\n',
  "tooling/demo/src/print.ts": 'console.log("a");\n',
};

/** Biome's reports for these files with the repository's settings. */
let reported: string[];
const folder = realpathSync(mkdtempSync(join(tmpdir(), "vms-biome-")));

beforeAll(() => {
  for (const file of ["biome.json", ".gitignore"]) cpSync(join(ROOT, file), join(folder, file));
  for (const [path, text] of [...FAULTS.flatMap(([, , files]) => Object.entries(files)), ...Object.entries(ALLOWED)]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const biome = join(ROOT, "node_modules/.bin/biome");
  const { stdout } = spawnSync(biome, ["lint", ".", "--reporter=github", "--max-diagnostics=none"], {
    cwd: folder,
    encoding: "utf8",
  });
  const found = stdout.matchAll(/^::error title=([^,]+),file=([^,]+),/gm);
  reported = [...found].map(([, rule, file = ""]) => `${relative(folder, file)} ${rule}`);
});
afterAll(() => rmSync(folder, { recursive: true }));

test.for(FAULTS)("biome reports %s", ([, rule, files]) => {
  for (const path of Object.keys(files)) expect(reported).toContain(`${path} ${rule}`);
});

test("biome reports nothing else", () => {
  const expected = FAULTS.flatMap(([, rule, files]) => Object.keys(files).map((path) => `${path} ${rule}`));
  expect(reported.filter((line) => !expected.includes(line))).toEqual([]);
});
