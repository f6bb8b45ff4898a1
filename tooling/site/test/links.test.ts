import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { followLinks } from "./links.ts";

test("each link and anchor in the site has a target, and each external URL is well-formed", async () => {
  const { count, broken, beyond } = await followLinks(inject("site"));
  expect(broken).toEqual([]);
  expect(count).toBeGreaterThan(200);
  expect(beyond.filter((link) => !URL.canParse(link) || new URL(link).protocol !== "https:")).toEqual([]);
});

test("a missing page or anchor is noticed", async () => {
  const folder = await mkdtemp(join(tmpdir(), "vms-links-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const links = ["b.html#there", "b.html#gone", "c.html", "https://example.com/"].map((to) => `<a href="${to}">x</a>`);
  await writeFile(join(folder, "a.html"), links.join(""));
  await writeFile(join(folder, "b.html"), '<h2 id="there">B</h2>');
  const { broken, beyond } = await followLinks(folder);
  expect(broken).toEqual(["/a.html -> /b.html#gone", "/a.html -> /c.html"]);
  expect(beyond).toEqual(["https://example.com/"]);
});
