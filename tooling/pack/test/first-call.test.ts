import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, onTestFinished, test } from "vitest";
import { root } from "../src/packages.ts";
import { must, outside } from "../src/run.ts";
import { startRegistry } from "./local-registry.ts";

/** The maximum time for a newcomer with a warm npm cache, in ms. */
const LIMIT = 60_000;

/** The content of the page before its first section: commands, a named program, and its output. */
const [intro = ""] = readFileSync(join(root, "docs/README.md"), "utf8").split("\n## ");
const blocks = [...intro.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
  language,
  code,
}));

/** Follows the page in an empty folder: writes the program, runs the commands, and compares the output. */
async function followPage(folder: string, registry: string): Promise<void> {
  mkdirSync(folder);
  writeFileSync(join(folder, ".npmrc"), `@vms:registry=${registry}\nprefer-offline=true\n`);
  let printed = "";
  for (const { language, code } of blocks) {
    if (language === "ts") writeFileSync(join(folder, /^\/\/ (\S+\.m?ts)\n/.exec(code)?.[1] ?? "unnamed"), code);
    if (language === "sh") printed = await must("sh", ["-ec", code], { cwd: folder, env: outside, timeout: LIMIT });
    if (language === "text") expect(printed.trim()).toBe(code.trim());
  }
}

test("the front page alone leads a newcomer to authenticated calls within a minute, with a warm cache", async () => {
  expect(blocks.map(({ language }) => language).sort()).toEqual(["sh", "sh", "text", "ts"]);
  const { url, close } = await startRegistry(inject("packed"));
  onTestFinished(close);
  await followPage(join(inject("scratch"), "first-stranger"), url); // fills the cache
  const start = performance.now();
  await followPage(join(inject("scratch"), "second-stranger"), url);
  expect(performance.now() - start).toBeLessThan(LIMIT);
});
