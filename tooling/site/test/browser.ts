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

/** A phone, a tablet and a small desktop. */
export const SIZES = {
  phone: { width: 390, height: 844 },
  tablet: { width: 768, height: 1024 },
  desktop: { width: 1280, height: 900 },
} as const;

/** Collects what a page complains of: errors in the console, exceptions, failed requests, and requests to other machines. */
export function listenTo(page: Page, home: string): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`exception: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(home))
      complaints.push(`asked ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // A page that is left cancels what it loads in advance.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`no answer: ${request.url()}`);
  });
  return complaints;
}

/** What does not fit into a page: the page itself, and anything in its text that scrolls sideways or is cut off. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (document.body.offsetHeight === 0) throw new Error("the page is not shown yet");
    const room = document.documentElement.clientWidth;
    const isPhone = room < 768;
    const found: string[] = [];
    const { scrollWidth } = document.documentElement;
    if (scrollWidth > room) found.push(`the page, by ${scrollWidth - room} px`);
    for (const one of document.querySelectorAll<HTMLElement>(
      ".vp-doc :is(pre, table, td, p, li, h1, h2, h3, h4, img)",
    )) {
      // A drawing may scroll on a phone, because it cannot wrap.
      const mayScroll = isPhone && one.closest(".language-txt") !== null;
      const { right, width } = one.getBoundingClientRect();
      const by = Math.max(
        one.scrollWidth - one.clientWidth - (one.clientWidth === 0 ? one.scrollWidth : 0),
        right - room,
      );
      if (width > 0 && by > 1 && !mayScroll)
        found.push(`${one.localName} "${one.textContent.slice(0, 40)}", by ${by} px`);
    }
    return found;
  });
}
