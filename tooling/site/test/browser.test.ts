import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { listenTo, openBrowser, overflow, SIZES } from "./browser.ts";
import { serveFolder } from "./serve.ts";

const site = inject("site");
const all = globSync("**/*.html", { cwd: site }).map((page) => page.replaceAll("\\", "/"));
// Pages of single exports have one template: the longest pages show its effects.
const single = all.filter((page) => /^api\/.+\//.test(page)).sort((a, b) => sizeOf(b) - sizeOf(a));
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
  // typedoc builds the navigation when the page is there.
  await page.waitForSelector("#tsd-nav-container a", { state: "attached" });
}

test("no page is wider than a phone or a desktop, and none has an error in its console", async () => {
  const wide: string[] = [];
  const look = async (some: readonly string[]): Promise<readonly string[]> => {
    const page = await browser.newPage();
    const complaints = listenTo(page);
    for (const path of some) {
      await open(page, path);
      for (const [name, size] of Object.entries(SIZES)) {
        await page.setViewportSize(size);
        const by = await overflow(page);
        if (by > 0) wide.push(`${path} on a ${name}, by ${by} px`);
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
    await open(page, "index.html");
    for (const [group, name, address] of [
      ["Guides", "Errors", "guides/errors.html"],
      ["Vendors", "Eagle Eye Networks", "guides/eagleeye.html"],
      ["Packages", "@vms/core", "api/core.html"],
    ] as const) {
      const menu = page.locator("#tsd-toolbar-menu-trigger");
      if (await menu.isVisible()) await menu.click();
      const link = page.locator("#tsd-nav-container a", { hasText: new RegExp(`^${name}$`) });
      if (!(await link.isVisible()))
        await page.locator("#tsd-nav-container summary", { hasText: group }).first().click();
      await link.click();
      await page.waitForURL(served.url + address);
      await page.waitForSelector("#tsd-nav-container a", { state: "attached" });
    }
    await page.close();
  });
});

test("the navigation has every page", async () => {
  const page = await browser.newPage({ viewport: SIZES.desktop });
  await open(page, "index.html");
  const hrefs = await page.$$eval("#tsd-nav-container a[href]", (links) =>
    links.map((link) => (link as HTMLAnchorElement).href),
  );
  const there = new Set(hrefs.map((href) => href.slice(served.url.length).replace(/#.*/, "")));
  await page.close();
  const beside = ["index.html", "modules.html", "hierarchy.html"];
  expect(all.filter((one) => !there.has(one) && !beside.includes(one))).toEqual([]);
});

test("the search finds a guide by a word in it", async () => {
  const page = await browser.newPage({ viewport: SIZES.phone });
  await open(page, "index.html");
  await page.locator("#tsd-search-trigger").click();
  await page.locator("#tsd-search-input").fill("ip_not_allowed");
  await page.locator("#tsd-search-results a", { hasText: "Errors" }).first().waitFor();
  await page.close();
});

test("wide content scrolls in its own box, also with keys", async () => {
  const page = await browser.newPage({ viewport: SIZES.phone });
  await open(page, "in-depth/faults.html");
  const table = page.locator(".table").first();
  expect(await table.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true);
  await table.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => (document.querySelector(".table")?.scrollLeft ?? 0) > 0);
  await page.close();
});

test.each(["guides/second-factors.html", "api/core/RetryOptions.html"])(
  "%s can be read in light and in dark colours",
  async (path) => {
    const page = await browser.newPage({ viewport: SIZES.desktop });
    await open(page, path);
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await page.evaluate(violations)).toEqual([]);
    }
    await page.close();
  },
);

/** Runs in the page: what WCAG's levels A and AA would complain of, contrast first of all. */
async function violations(): Promise<string[]> {
  const { axe } = window as unknown as { axe: Axe };
  const { violations: found } = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa"],
    // typedoc puts links into what opens and closes a part of its navigation.
    rules: { "nested-interactive": { enabled: false } },
  });
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`));
}

/** The part of axe that is used. */
interface Axe {
  run(
    root: Document,
    options: { readonly runOnly: readonly string[]; readonly rules: Readonly<Record<string, { enabled: boolean }>> },
  ): Promise<{
    readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
  }>;
}
