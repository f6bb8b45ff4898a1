import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { serveFolder } from "../src/serve.ts";
import { openBrowser } from "./browser.ts";

let served: Awaited<ReturnType<typeof serveFolder>>;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  served = await serveFolder(inject("site"));
  browser = await openBrowser();
  page = await browser.newPage();
  await page.goto(served.url);
  await page.locator("#local-search button").click();
});
afterAll(async () => {
  await browser?.close();
  await served?.close();
});

/** The pages of the first results, each once. */
async function search(query: string): Promise<string[]> {
  await page.locator("#localsearch-input").fill("");
  await page
    .locator("#localsearch-list")
    .waitFor({ state: "detached" })
    .catch(() => undefined);
  await page.locator("#localsearch-input").fill(query);
  await page.locator("#localsearch-list a").first().waitFor();
  const paths = await page.$$eval("#localsearch-list a", (links) =>
    links.map((link) => new URL((link as HTMLAnchorElement).href).pathname),
  );
  return [...new Set(paths)];
}

test.each([
  ["2FA", "second-factors"],
  ["MFA", "second-factors"],
  ["TOTP", "second-factors"],
  ["SSO", "errors|guarantees|operating|clients"],
  ["token refresh", "guarantees|operating"],
  ["refresh token", "guarantees|operating"],
  ["401", "errors|guarantees|clients"],
  ["unauthorized", "errors|guarantees"],
  ["lockout", "errors|guarantees"],
  ["locked account", "errors|guarantees"],
  ["multi tenant", "many-customers"],
  ["session expired", "errors|guarantees|operating"],
  ["logout", "[a-z-]+"],
  ["timeout", "errors|operating|guarantees|clients"],
  ["retry", "errors|guarantees"],
  ["cookie", "clients|alta|eagleeye|other-tools"],
  ["axios", "clients"],
  ["ip_not_allowed", "errors"],
])("the search for %s finds the right guide among the first two pages", async (query, guide) => {
  const [first, second] = await search(query);
  expect(
    [first, second].some((path) => new RegExp(`^/guides/(${guide})\\.html$`).test(path ?? "")),
    `${first}, ${second}`,
  ).toBe(true);
});
