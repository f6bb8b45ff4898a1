import { run } from "./run.ts";

/** The generated pages that mention a vendor. */
export function pagesOf(vendor: string): string[] {
  return [
    ...["vms-simulator", "vms-simulator-node", `vms-${vendor}`].map((report) => `docs/api/${report}.api.md`),
    ...["assumptions", "budgets", "faults"].map((page) => `docs/${page}.md`),
    "tooling/attack/test/faults.json",
  ];
}

/** Builds the vendors, and updates the generated pages for one of them. */
export async function writePages(root: string, vendor: string, say: (step: string) => void): Promise<void> {
  say("Building the vendors");
  await run(root, ".", ["turbo", "run", "build", "--filter=@vms-tooling/vendors^...", "--output-logs=errors-only"]);
  say("Writing docs/api, docs/assumptions.md and docs/budgets.md");
  await run(root, "tooling/api", ["node", "src/write.ts", "@vms/simulator", `@vms/${vendor}`]);
  await run(root, "tooling/conventions", ["node", "src/assumptions/write.ts"]);
  await run(root, "tooling/pack", ["node", "src/rows.ts"]);
  say("Running each fault, for docs/faults.md");
  const only = { VMS_ATTACK_VENDOR: vendor, VMS_UPDATE: "1" };
  await run(root, "tooling/attack", ["vitest", "run", "test/faults.test.ts"], only);
}
