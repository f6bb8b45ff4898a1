import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { serveFolder } from "../src/serve.ts";
import { listenTo, openBrowser, SIZES, tooWide } from "./browser.ts";

const site = inject("site");
const all = globSync("**/*.html", { cwd: site }).map((page) => page.replaceAll("\\", "/"));
// Pages of single exports have one form: the longest pages show its effects.
const single = all
  .filter((page) => page.startsWith("api/") && !page.endsWith("/index.html"))
  .sort((a, b) => sizeOf(b) - sizeOf(a));
const pages = [...all.filter((page) => !single.includes(page)), ...single.slice(0, 5)];

function sizeOf(page: string): number {
  return readFileSync(`${site}/${page}`).length;
}

let served: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;
beforeAll(async () => {
  served = await serveFolder(site);
  browser = await openBrowser();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(served.url + path);
  await page.waitForFunction(() => document.fonts.status === "loaded");
}

test("no page, program or table is wider than its place, and no page has an error or asks another machine", async () => {
  const wide: string[] = [];
  const look = async (some: readonly string[]): Promise<readonly string[]> => {
    const page = await browser.newPage();
    const complaints = listenTo(page, served.url);
    for (const path of some) {
      await page.setViewportSize(SIZES.desktop);
      await open(page, path);
      for (const [name, size] of Object.entries(SIZES)) {
        await page.setViewportSize(size);
        wide.push(...(await tooWide(page)).map((what) => `${path} on a ${name}: ${what}`));
      }
    }
    await page.close();
    return complaints;
  };
  // Several tabs concurrently, because most of the time is spent waiting.
  const tabs = [0, 1, 2].map((tab) => look(pages.filter((_, index) => index % 3 === tab)));
  expect((await Promise.all(tabs)).flat()).toEqual([]);
  expect(wide).toEqual([]);
});

describe.each(Object.entries(SIZES))("on a %s", (_, viewport) => {
  test("the navigation leads from the first page to a guide, a vendor and a package", async () => {
    const page = await browser.newPage({ viewport });
    await open(page, "guides/index.html");
    for (const [group, name, address] of [
      ["Guides", "Errors", "guides/errors.html"],
      ["Vendors", "Eagle Eye Networks", "guides/eagleeye.html"],
      ["Reference", "@vms/core", "api/core/"],
    ] as const) {
      const menu = page.locator(".VPLocalNav .menu");
      if (await menu.isVisible()) await menu.click();
      const section = page.locator(".VPSidebarItem.level-0", { has: page.getByRole("heading", { name: group }) });
      const link = section.locator("a", { hasText: new RegExp(`^${name}$`) });
      if (!(await link.isVisible())) await section.getByRole("button", { name: group }).first().click();
      await link.click();
      await page.waitForURL(served.url + address);
    }
    await page.close();
  });
});

test("a table of options shows the cells of a row below each other on a phone, with the names of the columns", async () => {
  const page = await browser.newPage({ viewport: SIZES.phone });
  await open(page, "api/core/index.html");
  const cells = page.locator("table.stacked tr", { hasText: "allowInsecureHttp" }).first().locator("td");
  const boxes = await cells.evaluateAll((some) => some.map((cell) => cell.getBoundingClientRect().toJSON() as DOMRect));
  expect(boxes.map(({ left }) => left)).toEqual(boxes.map(() => boxes[0]?.left));
  // The content is one box beside the name: it is not split at its code.
  expect(await cells.evaluateAll((some) => some.map((cell) => cell.childNodes.length))).toEqual([1, 1, 1]);
  for (const { width } of boxes) expect(width).toBeGreaterThan(300);
  const names = await cells.evaluateAll((some) => some.map((cell) => getComputedStyle(cell, "::before").content));
  expect(names).toEqual(['"option"', '"default"', '"meaning"']);
  await page.close();
});

test("a long page has an outline", async () => {
  const page = await browser.newPage({ viewport: SIZES.desktop });
  const without: string[] = [];
  for (const path of pages.filter((one) => sizeOf(one) > 60_000)) {
    await open(page, path);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    const outline = await page.locator(".VPDocAsideOutline .outline-link").count();
    if (height > 4000 && outline < 1 && path !== "index.html") without.push(`${path}: ${height} px`);
  }
  await page.close();
  expect(without).toEqual([]);
});

describe.each([
  "index",
  "guides/playground",
  "guides/second-factors",
  "guides/alta",
  "api/core/SessionOptions",
  "api/alta/index",
])("%s", (path) => {
  test.each(Object.entries(SIZES))(
    "can be read by everybody on a %s, in light and in dark colours",
    async (_, viewport) => {
      for (const colorScheme of ["light", "dark"] as const) {
        const page = await browser.newPage({ viewport, colorScheme });
        await open(page, `${path}.html`);
        await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
        expect(await page.evaluate(violations), colorScheme).toEqual([]);
        await page.close();
      }
    },
  );
});

/** Runs in the page: what WCAG's levels A and AA would complain of, contrast first of all. */
async function violations(): Promise<string[]> {
  const { axe } = window as unknown as { axe: Axe };
  const { violations: found } = await axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] });
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

/** The part of axe that is used. */
interface Axe {
  run(
    root: Document,
    options: { readonly runOnly: readonly string[] },
  ): Promise<{
    readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  }>;
}
