import { expect, test } from "vitest";
import { filesOf, placePage } from "./page.ts";

const nest = filesOf("web-frameworks");
const module = nest.get("zones.module.ts") ?? "";
const page = placePage("testing", {
  "zones.module.ts": module,
  "commonjs/zones.module.ts": module,
  "tsconfig.json": nest.get("tsconfig.json") ?? "",
  // A CommonJS project has no `"type": "module"`.
  "commonjs/package.json": "{}",
});

test("the page has a test for each runner", () => {
  expect(page.sections).toEqual(["node:test", "vitest", "NestJS", "jest with CommonJS"]);
});

test.each(page.sections)("%s: the tests pass with the output on the page", async (section) => {
  await page.play(section, {});
});
