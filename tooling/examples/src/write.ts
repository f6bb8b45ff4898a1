// Copies the flows of the real servers into the page that shows them. A test compares both.
// Run: pnpm --filter @vms-tooling/examples run write
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./pages.ts";
import { FLOWS_PAGE, realFlows, withRealFlows } from "./real-flows.ts";

const file = join(ROOT, FLOWS_PAGE);
writeFileSync(file, withRealFlows(readFileSync(file, "utf8"), realFlows()));
