import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { ensurePrograms } from "./ensure-programs.ts";

// Builds and tests every package with turbo, then counts the tests in the runner's reports.
ensurePrograms();
const root = join(import.meta.dirname, "../../..");
const reportOf = (manifest: string) => join(root, dirname(manifest), ".report/tests.json");
const manifests = globSync(["packages/*/package.json", "tooling/*/package.json"], { cwd: root }).sort();
// Remove the reports of earlier runs. turbo restores those of cached tests.
for (const manifest of manifests) rmSync(reportOf(manifest), { force: true });
const run = spawnSync(
  "turbo",
  ["run", "build", "test", "--ui=stream", "--output-logs=new-only", "--continue", "--concurrency=2"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
  },
);

let passed = 0;
let failed = 0;
const missing: string[] = [];
for (const manifest of manifests) {
  const { name, scripts } = JSON.parse(readFileSync(join(root, manifest), "utf8"));
  if (scripts?.test === undefined) continue;
  const report = reportOf(manifest);
  if (!existsSync(report)) {
    missing.push(name);
    continue;
  }
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, "utf8"));
  console.log(`${String(name).padEnd(24)} ${String(numPassedTests).padStart(5)} passed, ${numFailedTests} failed`);
  passed += numPassedTests;
  // A file that fails to load has no failed tests, but none of its tests ran.
  failed += Math.max(numFailedTests, numFailedTestSuites > 0 && numFailedTests === 0 ? 1 : 0);
}
for (const name of missing) console.log(`${name}: no report, so its tests did not run`);
console.log(`\n${passed} passed, ${failed + missing.length} failed`);
process.exitCode = run.status === 0 && failed + missing.length === 0 && passed > 0 ? 0 : 1;
