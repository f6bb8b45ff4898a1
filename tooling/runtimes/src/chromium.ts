import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { overNetwork } from "./over-network.ts";
import type { Result } from "./result.ts";
import type { Seen } from "./runtime.ts";
import type { Servers } from "./serve-vendors.ts";
import type { Place } from "./smoke.ts";

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

interface Smoke {
  inProcess(): Promise<Result>;
  live(place: Place): Promise<Result>;
  redirected(place: Place): Promise<Result>;
}

/** The program's interface in the page. */
declare const smoke: Smoke;

/** Opens a page of each vendor's origin, because other pages need CORS headers that the vendors do not send. */
export async function seeInChromium(project: string, { places }: Servers): Promise<Seen> {
  const script = readFileSync(join(project, "page.bundle.js"), "utf8");
  const browser = await chromium.launch({ executablePath: installed(), args: FLAGS });
  try {
    const page = await browser.newPage();
    const results: Record<string, Result> = {};
    await open(page, places[0], script);
    results["all vendors, in-process"] = await page.evaluate(() => smoke.inProcess());
    for (const place of places) {
      if (place.vendor === "findface") results["a page of another origin"] = await live(page, place);
      await open(page, place, script);
      results[overNetwork(place.vendor)] = await live(page, place);
      if (place.vendor === "findface") results["a call that is redirected"] = await redirected(page, place);
    }
    return { version: browser.version(), results };
  } finally {
    await browser.close();
  }
}

function live(page: Page, place: Place): Promise<Result> {
  return page.evaluate((given) => smoke.live(given), place);
}

function redirected(page: Page, place: Place): Promise<Result> {
  return page.evaluate((given) => smoke.redirected(given), place);
}

/** Opens an empty page of the vendor's origin, without an icon request, and loads the program into it. */
async function open(page: Page, place: Place | undefined, script: string): Promise<void> {
  const url = new URL("/a-page-of-this-test", place?.baseUrl).href;
  await page.route(url, (route) =>
    route.fulfill({ contentType: "text/html", body: '<!doctype html><link rel="icon" href="data:,">' }),
  );
  await page.goto(url);
  await page.addScriptTag({ content: script });
}

function installed(): string {
  const found = (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, "chromium"))
    .find(existsSync);
  if (found === undefined) throw new Error("there is no chromium on the PATH: install Debian's package chromium");
  return found;
}
