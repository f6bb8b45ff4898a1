import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../src/pages.ts";
import { programsOf } from "../src/programs.ts";
import { FLOW_PAGES, realFlows, withRealFlows } from "../src/real-flows.ts";

const flows = realFlows();
const textOf = (page: string) => readFileSync(join(ROOT, page), "utf8");

test("the guides show the flow of each real server, as it is in its file", () => {
  const shown = FLOW_PAGES.flatMap(programsOf).map(({ file }) => file);
  expect(shown.filter((name) => flows.has(name)).sort()).toEqual([...flows.keys()]);
  for (const page of FLOW_PAGES) {
    const text = textOf(page);
    expect(withRealFlows(text, flows), "run `pnpm --filter @vms-tooling/examples run write`").toBe(text);
  }
});

test.each([...flows])("a change of %s makes its page out of date", (name, source) => {
  const changed = source.replace("context.credentials()", "context.credentials( )");
  expect(changed).not.toBe(source);
  const isCurrent = (page: string) => withRealFlows(textOf(page), new Map([[name, changed]])) === textOf(page);
  expect(FLOW_PAGES.filter((page) => !isCurrent(page))).toHaveLength(1);
});
