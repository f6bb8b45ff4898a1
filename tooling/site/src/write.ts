// Writes the comparison of the benchmarks into the front page. A test compares them.
// Run: pnpm --filter @vms-tooling/site run write
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withComparison } from "./comparison.ts";
import { FRONT } from "./guides.ts";
import { ROOT } from "./packages.ts";

const file = join(ROOT, FRONT);
writeFileSync(file, withComparison(readFileSync(file, "utf8")));
