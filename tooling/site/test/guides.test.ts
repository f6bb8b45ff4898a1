import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { FRONT, guides, HOME } from "../src/guides.ts";
import { publishedPackages, ROOT } from "../src/packages.ts";

const packages = publishedPackages();
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const guide = (name: string) => read(`docs/guides/${name}.md`);
const headings = (text: string) => [...text.matchAll(/^## (.+)$/gm)].map((match) => match[1] ?? "");
const all = (text: string, pattern: RegExp) => [...new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""))];

test("the front page and the list of the guides lead to every other handwritten page", () => {
  const linked = [FRONT, HOME].flatMap((page) =>
    all(read(page), /\]\(([^)#]+)/g).map((path) => join(dirname(page), path)),
  );
  const pages = guides(ROOT, []).map(({ path }) => path);
  expect(pages.filter((path) => !linked.includes(path))).toEqual([]);
});

describe("errors.md", () => {
  const declarations = globSync("packages/core/dist/*.d.ts", { cwd: ROOT }).map(read).join("");
  const union = (type: string) => all(new RegExp(`type ${type} = ([^;]+);`).exec(declarations)?.[1] ?? "", /"(\w+)"/g);
  const text = guide("errors");

  test("it has each code in its table and under its own heading", () => {
    const codes = union("VmsErrorCode");
    expect(codes.length).toBeGreaterThan(10);
    expect(
      headings(text)
        .filter((heading) => /^[a-z_]+$/.test(heading))
        .sort(),
    ).toEqual(codes.toSorted());
    expect(all(text, /^\| \[`(\w+)`\]/gm).sort()).toEqual(codes.toSorted());
  });

  test("it has each reason why an account is unavailable", () => {
    const section = text.slice(text.indexOf("\n## account_unavailable"), text.indexOf("\n## second_factor_required"));
    const rows = section.slice(section.indexOf("| --- |"));
    expect(all(rows, /`(\w+)`/g).sort()).toEqual(union("AccountUnavailableReason").toSorted());
  });
});

test("guarantees.md states each guarantee once, in one bold sentence, under the number of its tests", () => {
  const tests = globSync("packages/core/test/{guarantees,session}/*.test.ts", { cwd: ROOT }).map(read).join("");
  const tested = all(tests, /"G(\d+): /g).toSorted((one, other) => Number(one) - Number(other));
  expect(tested.length).toBe(20);
  expect(all(guide("guarantees"), /^## (\d+)\. .+\n\n\*\*[^*\n]+\.\*\*\n\n\w/gm)).toEqual(tested);
  expect(all(read("packages/core/README.md"), /^(\d+)\. /gm)).toEqual([]);
});

test("each command of the guides exists", () => {
  const pages = [FRONT, ...guides(ROOT, []).map(({ path }) => path)].map(read).join("\n");
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const called = all(pages, /npm run ([\w:-]+)/g);
  expect(called.filter((name) => scripts[name] === undefined)).toEqual([]);
  const commands = all(guide("command-line"), /\bvms (?!-)([a-z]+)/g);
  expect(commands.length).toBeGreaterThan(5);
  const known = all(read("packages/cli/README.md"), /`vms ([a-z]+)/g);
  expect(commands.filter((name) => !known.includes(name))).toEqual([]);
});

test("the site depends on every published package, so that each is built before the site", () => {
  const { devDependencies } = JSON.parse(read("tooling/site/package.json")) as {
    devDependencies: Record<string, string>;
  };
  expect(packages.map(({ name }) => name).filter((name) => devDependencies[name] === undefined)).toEqual([]);
});
