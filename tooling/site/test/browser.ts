import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Opens the browser of the system: `npm test` installs it if possible, and nothing else is downloaded for these tests. */
export function openBrowser(): Promise<Browser> {
  const places = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "chromium"));
  const executablePath = places.find((place) => existsSync(place));
  if (executablePath === undefined)
    throw new Error("There is no chromium on the PATH: install Debian's package chromium.");
  return chromium.launch({ executablePath, args: FLAGS });
}

export const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1440, height: 900 } } as const;

/** Collects what a page complains of: errors in the console, exceptions, and files that do not come. */
export function listenTo(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => complaints.push(`no answer: ${request.url()}`));
  return complaints;
}

/** By how many pixels a page is wider than its window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => {
    if (document.body.offsetHeight === 0) throw new Error("the page is not shown yet");
    return document.documentElement.scrollWidth - window.innerWidth;
  });
}
