// Writes the flows of real servers into the page that shows them. A test compares them.
// Run: pnpm --filter @vms-tooling/site run write
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./packages.ts";
import { FLOWS_PAGE, realFlows, withRealFlows } from "./real-flows.ts";

const page = join(ROOT, FLOWS_PAGE);
writeFileSync(page, withRealFlows(readFileSync(page, "utf8"), realFlows()));
