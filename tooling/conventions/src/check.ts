// Prints the violations of each rule. The tests run the same rules.
// Run: pnpm --filter @vms-tooling/conventions run check
import { join } from "node:path";
import { readFiles } from "./read-files.ts";
import { linesOf, rules } from "./rules.ts";
import { workspaceOf } from "./workspace.ts";

const workspace = workspaceOf(readFiles(join(import.meta.dirname, "../../..")));
for (const rule of rules) {
  const lines = linesOf(rule, workspace);
  if (lines.length === 0) continue;
  console.log(`Violated: ${rule.name}`);
  for (const line of lines) console.log(`  ${line}`);
  process.exitCode = 1;
}
