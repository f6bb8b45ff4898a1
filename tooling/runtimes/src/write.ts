import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "@vms-tooling/pack/packages";
import { makePrograms } from "./programs.ts";
import { render } from "./render.ts";
import type { Seen } from "./runtime.ts";
import { runtimes } from "./runtimes.ts";

// Tests every runtime, and writes docs/runtimes.md.
const scratch = mkdtempSync(join(tmpdir(), "vms-runtimes-"));
try {
  const project = await makePrograms(scratch);
  const all: Record<string, Seen> = {};
  for (const { name, see } of runtimes) all[name] = await see(project);
  writeFileSync(join(root, "docs/runtimes.md"), render(all));
  console.log(render(all));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
