import { expect, test } from "vitest";
import { filesOf, placePage } from "./page.ts";

const nest = filesOf("web-frameworks");
const module = nest.get("zones.module.ts") ?? "";
const page = placePage("testing", {
  "zones.module.ts": module,
  "commonjs/zones.module.ts": module,
  "tsconfig.json": nest.get("tsconfig.json") ?? "",
  // Without `"type": "module"`, as in a project of CommonJS.
  "commonjs/package.json": "{}",
});

test("the page has a test for each runner", () => {
  expect(page.sections).toEqual(["node:test", "vitest", "NestJS", "jest with CommonJS"]);
});

test.each(page.sections)("%s: the tests of the page pass with the output that the page shows", async (section) => {
  await page.play(section, {});
});
