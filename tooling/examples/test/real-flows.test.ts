import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../src/pages.ts";
import { programsOf } from "../src/programs.ts";
import { FLOWS_PAGE, flowOf, realFlows, withRealFlows } from "../src/real-flows.ts";

const page = readFileSync(join(ROOT, FLOWS_PAGE), "utf8");

test("the page shows the flow of each real server, unchanged", () => {
  const shown = programsOf(FLOWS_PAGE).map(({ code }) => flowOf(code));
  const flows = realFlows();
  expect(shown.filter((name) => name !== undefined).sort()).toEqual([...flows.keys()]);
  expect(withRealFlows(page, flows), "run `pnpm --filter @vms-tooling/examples run write`").toBe(page);
});

test("the comparison detects a changed flow", () => {
  for (const [name, source] of realFlows()) {
    const changed = source.replace("context.credentials()", "context.credentials( )");
    expect(changed).not.toBe(source);
    expect(withRealFlows(page, realFlows().set(name, changed))).not.toBe(page);
  }
});

test("a flow or a line that does not exist is an error", () => {
  const block = (first: string) => `\`\`\`ts\n// from acme.ts\n${first}\n\`\`\``;
  const flows = new Map([["acme.ts", "import;\n\nconst one = 1;\n\n/** Creates a session with Acme. */\n"]]);
  expect(withRealFlows(block("const one = 1;"), flows)).toBe(block("const one = 1;"));
  expect(() => withRealFlows(block("const two = 2;"), flows)).toThrow('there is no line "const two = 2;"');
  expect(() => withRealFlows(block("const one = 1;"), new Map())).toThrow("// from acme.ts");
});
