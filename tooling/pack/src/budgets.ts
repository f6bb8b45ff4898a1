import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { coldImports } from "./cold-import.ts";
import { install } from "./install.ts";
import { limits, vendors } from "./limits.ts";
import { packAll } from "./pack.ts";
import { root } from "./packages.ts";
import { render } from "./report.ts";
import { type Size, sizeOf } from "./sizes.ts";
import { weigh } from "./weights.ts";

// Measures the packages and writes docs/budgets.md.
const scratch = mkdtempSync(join(tmpdir(), "vms-budgets-"));
try {
  const packed = await packAll(scratch);
  const sizes: Size[] = [];
  for (const name of Object.keys(limits)) sizes.push(await sizeOf(scratch, packed, name));
  const project = join(scratch, "project");
  await install(project, packed, Object.keys(vendors));
  const figures = {
    sizes,
    weights: await weigh(),
    coldImports: await coldImports(project, ["ky", ...Object.keys(vendors)]),
  };
  const report = join(import.meta.dirname, "../.report");
  mkdirSync(report, { recursive: true });
  writeFileSync(join(report, "budgets.json"), JSON.stringify(figures, null, 2));
  writeFileSync(join(root, "docs/budgets.md"), render(figures));
  console.log(render(figures));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
