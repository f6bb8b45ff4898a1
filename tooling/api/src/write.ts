// Writes the report of each public entry to docs/api after a change to the public API.
// Run: pnpm --filter @vms-tooling/api run write [package …]
import { entries, reportOf } from "./report.ts";

const wanted = process.argv.slice(2);
const isWanted = (name: string) => wanted.length === 0 || wanted.some((one) => `${name}/`.startsWith(`${one}/`));

for (const entry of entries().filter(({ name }) => isWanted(name))) {
  const { drifted, messages } = reportOf(entry, true);
  console.log(`${entry.name.padEnd(24)} ${drifted ? "written" : "unchanged"}`);
  for (const message of messages) console.log(`  ${message}`);
}
