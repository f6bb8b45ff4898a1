import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { wrongDocComments } from "../src/doc-comments.ts";
import { entries, ROOT, reportOf } from "../src/report.ts";

const all = entries().map((entry) => ({ ...entry, ...reportOf(entry, false) }));
const reportText = (name: string) => readFileSync(join(ROOT, "docs/api", `${name}.api.md`), "utf8");
const exportedBy = (text: string) =>
  [...text.matchAll(/^(?:export (?:declare )?(?:abstract )?(?:\w+) |export \{ )(\w+)/gm)].map((match) => match[1]);

test("each entry that a user can import has a report, and there is no report of anything else", () => {
  const reports = globSync("docs/api/*.api.md", { cwd: ROOT }).map((file) => file.split(/[\\/]/).at(-1));
  expect(reports.sort()).toEqual(all.map(({ report }) => `${report}.api.md`).sort());
});

test("each function has an `@example`, and each `@throws` names the code of its error", () => {
  expect(wrongDocComments(all.map(({ model }) => model))).toEqual([]);
});

describe.each(all)("$name", (entry) => {
  const { drifted, messages } = entry;

  test("its report is up to date; if not, review the change and run: pnpm --filter @vms-tooling/api run write", () => {
    expect(drifted).toBe(false);
  });

  test("each export has a docstring", () => {
    const undocumented = [...reportText(entry.report).matchAll(/^\/\/ @\w+ .*\(undocumented\)\n(.*)$/gm)];
    expect(undocumented.map((match) => match[1])).toEqual([]);
  });

  test("each type that an export mentions can also be imported", () => {
    const ofPackage = all.filter(({ folder }) => folder === entry.folder);
    const known = new Set(ofPackage.flatMap(({ report }) => exportedBy(reportText(report))));
    const forgotten = messages.flatMap((text) => /^ae-forgotten-export: The symbol "(\w+)"/.exec(text)?.[1] ?? []);
    expect(forgotten.filter((name) => !known.has(name))).toEqual([]);
  });
});
