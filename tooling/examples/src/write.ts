// Writes the flows of the real servers into the pages that show them. A test compares them.
// Run: pnpm --filter @vms-tooling/examples run write
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./pages.ts";
import { FLOW_PAGES, realFlows, withRealFlows } from "./real-flows.ts";

for (const page of FLOW_PAGES) {
  const file = join(ROOT, page);
  writeFileSync(file, withRealFlows(readFileSync(file, "utf8"), realFlows()));
}
