// Writes what pages show of other files: the flows of real servers, and the comparison of the benchmarks. A test compares them.
// Run: pnpm --filter @vms-tooling/site run write
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withComparison } from "./comparison.ts";
import { FRONT } from "./guides.ts";
import { ROOT } from "./packages.ts";
import { FLOWS_PAGE, realFlows, withRealFlows } from "./real-flows.ts";

function rewrite(path: string, change: (text: string) => string): void {
  const file = join(ROOT, path);
  writeFileSync(file, change(readFileSync(file, "utf8")));
}

rewrite(FLOWS_PAGE, (page) => withRealFlows(page, realFlows()));
rewrite(FRONT, (page) => withComparison(page));
