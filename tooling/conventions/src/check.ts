// Says where a rule of the house is broken. The tests run the same rules.
// Run: pnpm --filter @vms-tooling/conventions run check
import { join } from "node:path";
import { houseOf } from "./house.ts";
import { readFiles } from "./read.ts";
import { linesOf, rules } from "./rules.ts";

const house = houseOf(readFiles(join(import.meta.dirname, "../../..")));
for (const rule of rules) {
  const lines = linesOf(rule, house);
  if (lines.length === 0) continue;
  console.log(`Not so: ${rule.name}`);
  for (const line of lines) console.log(`  ${line}`);
  process.exitCode = 1;
}
