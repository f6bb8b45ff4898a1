import { globSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { buildSite } from "../src/build.ts";
import { addressOf, guides } from "../src/guides.ts";
import { publishedPackages, ROOT } from "../src/packages.ts";
import { brokenRepository } from "./broken.ts";

const site = inject("site");
const pages = globSync("**/*.html", { cwd: site }).map((page) => page.replaceAll("\\", "/"));
const read = (page: string) => readFileSync(join(site, page), "utf8");
const packages = publishedPackages();
const textOf = (page: string) =>
  read(page)
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&nbsp;", " ");

test("typedoc has no complaints", () => {
  expect(inject("complaints")).toEqual([]);
});

test("a link of a page leads to another page, not to a copied file", () => {
  expect(globSync("media/*", { cwd: site }).filter((file) => !file.endsWith(".svg"))).toEqual([]);
});

test("no page shows where the site was built", () => {
  expect(pages.filter((page) => read(page).includes(ROOT) || read(page).includes(tmpdir()))).toEqual([]);
});

describe("each published package has its page", () => {
  test.each(packages.flatMap(({ entries }) => entries))("$name, which can be imported", ({ name }) => {
    const page = name.replace("@vms/", "api/");
    expect(pages).toContain(`${page}.html`);
    expect(pages.filter((one) => one.startsWith(`${page}/`))).not.toEqual([]);
  });

  test.each(packages.filter(({ entries, readme }) => entries.length > 0 && readme))("$name, with its README", (one) => {
    const page = read(`${one.name.replace("@vms/", "api/")}.html`);
    const headings = [...readFileSync(one.readme ?? "", "utf8").matchAll(/^## ([\w ]+)$/gm)].map((match) => match[1]);
    expect(headings.length).toBeGreaterThan(0);
    expect(headings.filter((heading) => !page.includes(`>${heading}<`))).toEqual([]);
  });

  test.each(packages.filter(({ entries }) => entries.length === 0))("$name, a program, in a guide", ({ name }) => {
    const about = pages.filter(
      (page) => page.startsWith("guides/") && textOf(page).includes(`install --global ${name}`),
    );
    expect(about.length).toBe(1);
  });
});

describe("each handwritten page exists, under its own heading", () => {
  test.each(guides(ROOT, packages).map(({ path }) => path))("%s", (path) => {
    const heading = /^# (.+)$/m.exec(readFileSync(join(ROOT, path), "utf8"))?.[1] ?? "";
    expect(read(`${addressOf(path)}.html`)).toMatch(new RegExp(`<h1[^>]*>${heading}<`));
  });
});

test("a mistake of each kind is reported", async () => {
  const root = await brokenRepository();
  const { complaints } = await buildSite(join(root, "site"), root);
  const about = (words: string) => complaints.filter((complaint) => complaint.includes(words)).length;
  expect(about("@vms/acme.bare has no docstring")).toBe(1);
  expect(about("Hidden, defined in @vms/acme/index.d.ts, is referenced by @vms/acme.open")).toBe(1);
  expect(about('Failed to resolve link to "Nowhere"')).toBe(1);
  expect(about("The relative path gone.md is not a file")).toBe(1);
  expect(about("The relative path ../gone.md is not a file")).toBe(1);
  expect(about("two.md#gone, but the anchor does not exist")).toBe(1);
  expect(about("@vms/unbuilt is not built")).toBe(1);
  expect(complaints.length).toBe(7);
  // What is right has its place: the README of a program is a page as well.
  const built = globSync("{api,guides}/*.html", { cwd: join(root, "site") });
  expect(built.sort()).toEqual(["api/acme.html", "api/program.html", "guides/one.html", "guides/two.html"]);
});
