import { createSimulator } from "@vms/simulator";
import { serveAll } from "@vms/simulator/node";
import { allVendors as vendors } from "@vms-tooling/vendors";
import Table from "cli-table3";
import { Listr } from "listr2";
import { realDeployment } from "./real-deployment.ts";
import { type Deployment, type Outcome, runVendor } from "./run-vendor.ts";

// The main job: runs all vendors concurrently over real sockets. Exits with 0 only if everything succeeds.
const simulator = createSimulator();
const served = await serveAll(simulator);
const results = new Map<string, { deployment: Deployment["kind"]; outcome?: Outcome; error?: string }>();

const jobs = new Listr(
  vendors.map((vendor) => ({
    title: vendor.title,
    task: async (_: unknown, task: { title: string }) => {
      let kind: Deployment["kind"] = "simulator";
      try {
        const deployment: Deployment = realDeployment(vendor) ?? {
          kind: "simulator",
          baseUrl: served[vendor.key].baseUrl,
          server: simulator[vendor.key],
        };
        kind = deployment.kind;
        const outcome = await runVendor(vendor, deployment, (step) => {
          task.title = `${vendor.title}: ${step}`;
        });
        task.title = `${vendor.title}: done`;
        results.set(vendor.title, { deployment: kind, outcome });
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        results.set(vendor.title, { deployment: kind, error: message });
        throw new Error(message);
      }
    },
  })),
  { concurrent: true, exitOnError: false, fallbackRenderer: "simple" },
);
await jobs.run();
await served.close();

const table = new Table({
  head: ["vendor", "where", "requests to sign in", "credential goes into", "ends at", "calls", "logins", "time"],
  style: { head: [], border: [], compact: true },
});
for (const vendor of vendors) {
  const result = results.get(vendor.title);
  const { outcome } = result ?? {};
  const row = [vendor.title, result?.deployment ?? ""];
  table.push(
    outcome === undefined
      ? [...row, "FAILED", "", "", "", "", ""]
      : [
          ...row,
          outcome.requests,
          outcome.credential,
          outcome.endsAt,
          outcome.calls,
          outcome.logins,
          `${outcome.ms.toFixed(0)} ms`,
        ],
  );
}
console.log(`\n${table}`);
const failures = vendors.filter(({ title }) => results.get(title)?.outcome === undefined);
for (const { title } of failures) console.log(`${title}: ${results.get(title)?.error ?? "did not run"}`);
console.log(
  failures.length === 0
    ? "\nEach vendor signed in, answered a call, dropped the session, needed one new login, and signed out; a call after that was refused.\n(Real deployments are not asked to drop a session.)"
    : `\n${failures.length} of ${vendors.length} vendors failed.`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
