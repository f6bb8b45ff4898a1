import { globSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { buildSite } from "../src/build.ts";
import { withComparison } from "../src/comparison.ts";
import { FRONT, guides } from "../src/guides.ts";
import { publishedPackages, ROOT } from "../src/packages.ts";
import { brokenRepository } from "./broken.ts";

const site = inject("site");
const pages = globSync("**/*.html", { cwd: site }).map((page) => page.replaceAll("\\", "/"));
const read = (page: string) => readFileSync(join(site, page), "utf8");
const packages = publishedPackages();
const handwritten = guides(ROOT, packages);
const textOf = (html: string) =>
  html
    .replaceAll(/<[^>]+>/g, "")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"');
const addressOf = (name: string) => name.replace("@vms/", "api/");

test("the build has no complaints", () => {
  expect(inject("complaints")).toEqual([]);
});

test("no file shows where the site was built, or loads anything from another machine", () => {
  const files = globSync("**/*.{html,css,js}", { cwd: site });
  expect(files.filter((file) => read(file).includes(ROOT) || read(file).includes(`${tmpdir()}/`))).toEqual([]);
  const loads =
    /<(?:script|img|iframe)[^>]+src="(?:https?:)?\/\/|<link(?![^>]+canonical)[^>]+href="(?:https?:)?\/\/|url\(["']?https?:/;
  expect(files.filter((file) => !file.endsWith(".js") && loads.test(read(file)))).toEqual([]);
});

test("each page has a title that is not mistaken for OpenVMS, a footer, and its place in the navigation", () => {
  for (const page of pages.filter((one) => one !== "404.html")) {
    const html = read(page);
    expect(html, page).toMatch(/<title>.+ \| @vms — sessions for video-management systems<\/title>/);
    expect(html, page).toContain("MIT License");
    if (page === "index.html") continue;
    const [sidebar = ""] = /<aside class="VPSidebar"[\s\S]*?<\/aside>/.exec(html) ?? [];
    expect(sidebar, page).toContain(`href="/${page.replace(/(^|\/)index\.html$/, "$1")}"`);
  }
});

describe("each published package has its page", () => {
  test.each(packages.flatMap(({ entries }) => entries))("$name, which can be imported", ({ name }) => {
    const folder = addressOf(name);
    expect(pages).toContain(`${folder}/index.html`);
    expect(pages.filter((page) => page.startsWith(`${folder}/`)).length).toBeGreaterThan(1);
  });

  test.each(packages.filter(({ readme }) => readme))("$name, with its README", ({ name, readme = "" }) => {
    const page = textOf(read(`${addressOf(name)}/index.html`));
    const headings = [...readFileSync(readme, "utf8").matchAll(/^## ([\w ]+)$/gm)].map(([, heading = ""]) => heading);
    expect(headings.filter((heading) => !page.includes(heading))).toEqual([]);
  });

  test.each(packages.filter(({ entries }) => entries.length === 0))("$name, a program, in a guide", ({ name }) => {
    const about = pages.filter(
      (page) => page.startsWith("guides/") && textOf(read(page)).includes(`install --global ${name}`),
    );
    expect(about.length).toBeGreaterThan(0);
  });
});

describe("each handwritten page exists, under its own heading, with a link to edit it", () => {
  test.each(handwritten.map(({ path, address }) => [path, address]))("%s", (path, address) => {
    const heading = /^# (.+)$/m.exec(readFileSync(join(ROOT, path), "utf8"))?.[1]?.replaceAll("`", "") ?? "";
    const html = read(`${address}.html`);
    expect(textOf(/<h1[\s\S]*?<\/h1>/.exec(html)?.[0] ?? "")).toContain(heading);
    expect(html).toContain(`https://github.com/vms/vms/edit/main/${path}`);
  });
});

describe("a page of the reference", () => {
  test("shows the types of its errors, as links", () => {
    const html = read("api/alta/createAltaSession.html");
    const list = html.slice(html.indexOf('id="throws"'), html.indexOf('id="example"'));
    for (const type of ["InvalidOptions", "InsecureTransport"])
      expect(list).toMatch(new RegExp(`/${type}\\.html"[^>]*>${type}<`));
    expect(textOf(list)).toContain(
      "InvalidOptions: invalid_options for an option that is unknown, missing or malformed.",
    );
  });

  test("has a sentence on each event", () => {
    const html = read("api/core/SessionEvent.html");
    const rows = [...html.matchAll(/<tr>(<td[\s\S]*?)<\/tr>/g)].map(([, row = ""]) => textOf(row));
    expect(rows.filter((row) => /Event ?Emitted (when|if) .{20,}\./.test(row)).length).toBeGreaterThan(10);
  });

  test("has the line that imports it", () => {
    expect(textOf(read("api/core/node/nodeFetch.html"))).toContain('import { nodeFetch } from "@vms/core/node";');
    expect(textOf(read("api/core/Session.html"))).toContain('import type { Session } from "@vms/core";');
  });
});

test("the comparison of the front page has the numbers of the benchmarks", () => {
  const front = readFileSync(join(ROOT, FRONT), "utf8");
  expect(withComparison(front), "run `pnpm --filter @vms-tooling/site run write`").toBe(front);
  expect(() => withComparison(front, "# Benchmarks")).toThrow("no row `session.fetch`");
});

test("a mistake of each kind is reported", async () => {
  const root = await brokenRepository();
  const { complaints } = await buildSite(join(root, "site"), { root, base: "/vms/" });
  const about = (words: string) => complaints.filter((complaint) => complaint.includes(words)).length;
  expect(about("@vms/acme.bare has no docstring")).toBe(1);
  expect(about("Hidden, defined in @vms/acme/index.d.ts, is referenced by @vms/acme.open")).toBe(1);
  expect(about('Failed to resolve link to "Nowhere"')).toBe(1);
  expect(about("docs/guides/one.md: the link gone.md leads to no file")).toBe(1);
  expect(about("docs/guides/one.md: the link two.md#gone leads to no heading")).toBe(1);
  expect(about("packages/acme/README.md: the link ../gone.md leads to no file")).toBe(1);
  expect(about("@vms/unbuilt is not built")).toBe(1);
  expect(complaints.length).toBe(7);
  // Every address is below the path of the site.
  const page = readFileSync(join(root, "site/guides/one.html"), "utf8");
  const addresses = [...page.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(([, address]) => address);
  expect(addresses.length).toBeGreaterThan(5);
  expect(addresses.filter((address) => address?.startsWith("/vms/") !== true)).toEqual([]);
  // What is right has its place: the README of a program is a page as well.
  const built = globSync("{api,guides}/**/*.html", { cwd: join(root, "site") });
  expect(built.sort()).toEqual([
    ...["index", "open", "words", "bare"].map((name) => `api/acme/${name}.html`).sort(),
    "api/program/index.html",
    "guides/index.html",
    "guides/one.html",
    "guides/two.html",
  ]);
});
