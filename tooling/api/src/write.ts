// Writes the report of each public entry into docs/api, after a change of what users see.
// Run: pnpm --filter @vms-tooling/api run write
import { entries, reportOf } from "./report.ts";

for (const entry of entries()) {
  const { drifted, messages } = reportOf(entry, true);
  console.log(`${entry.name.padEnd(24)} ${drifted ? "written" : "as it was"}`);
  for (const message of messages) console.log(`  ${message}`);
}
