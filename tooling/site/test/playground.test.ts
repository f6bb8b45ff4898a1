import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { programOf, scenarioOf } from "@vms-tooling/playground";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { ROOT } from "../src/packages.ts";
import { serveFolder } from "../src/serve.ts";
import { listenTo, openBrowser, SIZES, tooWide } from "./browser.ts";

const site = inject("site");
/** How much the page may load beside the site's own, gzipped, in bytes. */
const LARGEST = 200_000;
/** When the first steps must be shown after the page was opened, in ms. */
const SOON = 2000;
const NUMBERS = Array.from({ length: 20 }, (_, index) => index + 1);

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

/** Opens the playground. Without motion, a scenario runs to its end at once. */
async function open(hash: string, reducedMotion: "reduce" | "no-preference" = "reduce"): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZES.desktop, reducedMotion });
  onTestFinished(() => page.close());
  await page.goto(`${served.url}guides/playground.html#${hash}`);
  return page;
}

async function linesOf(page: Page): Promise<string[]> {
  await page.waitForSelector('.playground[data-state="over"]');
  return page.locator(".playground .line").allInnerTexts();
}

/** What the command prints for an address. It exits with 1 if a guarantee is broken. */
async function printed(address: string): Promise<{ readonly steps: string[]; readonly verdicts: string[] }> {
  const main = join(ROOT, "tooling/playground/src/main.ts");
  const run = promisify(execFile)(process.execPath, [main, address]).catch((error: { stdout: string }) => error);
  const [steps = "", verdicts = ""] = (await run).stdout.trim().split("\n\n");
  return { steps: steps.split("\n"), verdicts: verdicts.split("\n") };
}

describe("a scenario has the same steps in Chromium as in Node", () => {
  test.each(NUMBERS)("%i", async (number) => {
    const page = await open(`scenario=${number}`);
    const { steps } = await printed(`scenario=${number}`);
    expect(await linesOf(page)).toEqual(steps);
  });
});

test("a guarantee that a handwritten client breaks is shown as violated, with the reason", async () => {
  const page = await open("scenario=1&client=naive");
  await linesOf(page);
  const shown = (await page.locator(".playground .violated").allInnerTexts()).map((text) => text.toLowerCase());
  const { verdicts } = await printed("scenario=1&client=naive");
  expect(shown[0]).toContain("one login at a time. 20 logins ran at the same time.");
  expect(shown.length).toBe(verdicts.filter((line) => line.startsWith("violated")).length);
});

test("the link of a run that somebody made with the buttons opens the same run, in Chromium and in Node", async () => {
  const page = await open("processes=2", "no-preference");
  await page.getByLabel("Speed").selectOption("fast");
  const count = () => page.locator(".playground .line").count();
  const buttons = [
    "20 calls",
    "End all sessions",
    "20 calls from a second process",
    "Wait 11 minutes",
    "Log out",
    "1 call",
  ];
  for (const name of buttons) {
    const before = await count();
    await page.getByRole("button", { name, exact: true }).click();
    await expect.poll(count).toBeGreaterThan(before);
    await page.waitForSelector('.playground[data-state="over"]');
  }
  const lines = await linesOf(page);
  const [, address = ""] = page.url().split("#");
  expect(address).toContain("call.20");
  expect((await printed(address)).steps).toEqual(lines);
  expect(await linesOf(await open(address))).toEqual(lines);
});

test("time stops, runs on, and goes by steps, with the keyboard alone", async () => {
  const page = await open("scenario=2", "no-preference");
  const count = () => page.locator(".playground li .line").count();
  await page.waitForSelector(".playground li");
  await page.getByRole("button", { name: "Pause" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Play" }).waitFor();
  const stopped = await count();
  await page.getByRole("button", { name: "Step" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(count).toBeGreaterThan(stopped);
  await page.getByRole("button", { name: "To the end" }).focus();
  await page.keyboard.press(" ");
  expect(await linesOf(page)).toEqual((await printed("scenario=2")).steps);
});

test("each verdict leads to its guarantee, and the text of each guarantee to its scenario", async () => {
  const page = await open("scenario=20");
  await linesOf(page);
  await page.locator(".verdicts a").last().click();
  await page.waitForURL(/guides\/guarantees\.html#20-everything-is-observable$/);
  await page.getByRole("link", { name: "See guarantee 17 in the playground" }).click();
  await page.waitForURL(/guides\/playground\.html#scenario=17/);
  expect(await linesOf(page)).toEqual((await printed("scenario=17")).steps);
});

test("a damaged link says what was left out of it", async () => {
  const page = await open("scenario=3&vendor=acme");
  await linesOf(page);
  expect(await page.getByRole("status").filter({ hasText: "link" }).textContent()).toBe(
    "Left out of the link: vendor.",
  );
});

test.each([1, 8, 9])("the page shows the program of scenario %i, as it is in the repository", async (number) => {
  const page = await open(`scenario=${number}`);
  await linesOf(page);
  await page.getByText("Show me the code").click();
  expect(await page.locator(".playground pre").textContent()).toBe(programOf(scenarioOf(number)));
  expect(await tooWide(page)).toEqual([]);
  await page.setViewportSize(SIZES.phone);
  expect(await tooWide(page)).toEqual([]);
});

test("the page has no error, and asks no other machine", async () => {
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const complaints = listenTo(page, served.url);
  await page.goto(`${served.url}guides/playground.html#scenario=5`);
  await page.waitForSelector(".playground li");
  expect(complaints).toEqual([]);
});

test("the first steps are shown within two seconds, as the median of nine pages", async () => {
  const times: number[] = [];
  for (const number of NUMBERS.slice(0, 9)) {
    const start = performance.now();
    const page = await open(`scenario=${number}`);
    await page.waitForSelector(".playground li");
    times.push(performance.now() - start);
  }
  expect(times.sort((one, other) => one - other)[4]).toBeLessThan(SOON);
});

test("the playground loads at most 200 KB beside the site's own, gzipped", () => {
  const files = globSync("assets/**/{worker-*,playground*,guides_playground*}.js", { cwd: site });
  const sizes = files.map((file) => gzipSync(readFileSync(join(site, file))).length);
  expect(files.some((file) => file.includes("worker-"))).toBe(true);
  expect(files.some((file) => file.includes("chunks/playground"))).toBe(true);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LARGEST);
});
