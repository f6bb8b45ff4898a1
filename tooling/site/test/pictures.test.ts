import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../src/packages.ts";
import { svgOf } from "../src/pictures/drawing.ts";
import { PICTURES } from "../src/pictures/pictures.ts";
import { openBrowser } from "./browser.ts";

const FOLDER = join(ROOT, "docs/pictures");
const names = globSync("*.svg", { cwd: FOLDER }).map((file) => basename(file, ".svg"));
const RECORDING = "vms";
const fileOf = (name: string) => join(FOLDER, `${name}.svg`);
const read = (name: string) => readFileSync(fileOf(name), "utf8");

/** An image of a page of Markdown. */
interface Shown {
  readonly path: string;
  readonly alt: string;
}

const shown: readonly Shown[] = globSync(["*.md", "docs/**/*.md", "packages/*/README.md"], { cwd: ROOT }).flatMap(
  (page) =>
    [...readFileSync(join(ROOT, page), "utf8").matchAll(/!\[([^\]]*)\]\(([^)]+\.svg)\)/g)].map(
      ([, alt = "", target = ""]) => ({ path: join(ROOT, dirname(page), target), alt }),
    ),
);

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

test("the pictures are drawn from their sources", () => {
  const drawn = PICTURES.map(({ name }) => name);
  expect(names.sort()).toEqual([...drawn, RECORDING].sort());
  for (const picture of PICTURES) expect(read(picture.name), "pnpm run pictures").toBe(svgOf(picture));
});

test("every image of a page exists", () => {
  expect(shown.map(({ path }) => path).filter((path) => !names.some((name) => fileOf(name) === path))).toEqual([]);
});

describe.each(names)("%s.svg", (name) => {
  test("is small", () => {
    expect(Buffer.byteLength(read(name))).toBeLessThan((name === RECORDING ? 60 : 12) * 1024);
  });

  test("is on a page, with an alternative text that says what it shows", () => {
    const uses = shown.filter(({ path }) => path === fileOf(name));
    expect(uses).not.toEqual([]);
    const description = PICTURES.find((picture) => picture.name === name)?.description;
    for (const { alt } of uses) expect(alt).toEqual(description ?? expect.stringMatching(/.{100}/));
  });

  test("is well-formed, and has a title, a description and no text beyond its edges or its boxes", async () => {
    const page = await browser.newPage({ reducedMotion: "reduce" });
    // Chromium shows an SVG that is not well-formed as a document with `parsererror`.
    await page.goto(`file://${fileOf(name)}`);
    expect(await page.locator("parsererror").count()).toBe(0);
    expect(await page.evaluate(faults)).toEqual([]);
    await page.close();
  });
});

test("without motion, the recording shows its end", async () => {
  const page = await browser.newPage({ reducedMotion: "reduce" });
  await page.goto(`file://${fileOf(RECORDING)}`);
  const last = await page.locator("text").last().boundingBox();
  const { height } = page.viewportSize() ?? { height: 0 };
  expect(last?.y).toBeGreaterThan(0);
  expect(last?.y).toBeLessThan(height);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
  await page.close();
});

/** Runs in the page: what is missing, and the texts that do not fit. */
function faults(): string[] {
  const svg = document.documentElement as unknown as SVGSVGElement;
  const { width, height } = svg.viewBox.baseVal;
  const found = ["title", "desc"].filter((tag) => !svg.querySelector(tag)?.textContent?.trim());
  const boxes = [...svg.querySelectorAll<SVGRectElement>("rect.box")].map((box) => box.getBBox());
  for (const text of svg.querySelectorAll("text")) {
    const at = text.getBBox();
    const name = text.textContent ?? "";
    const scrolls = text.closest("[clip-path]") !== null;
    const isInside = at.x >= 0 && at.x + at.width <= width && (scrolls || (at.y >= 0 && at.y + at.height <= height));
    if (!isInside) found.push(`beyond the edge: ${name}`);
    const [x, y] = [at.x + at.width / 2, at.y + at.height / 2];
    const around = boxes.filter((box) => x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height);
    const isWide = around.some((box) => at.x < box.x + 2 || at.x + at.width > box.x + box.width - 2);
    if (isWide) found.push(`beyond its box: ${name}`);
  }
  return found;
}
