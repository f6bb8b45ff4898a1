// Writes docs/assumptions.md from the comments in the source code. A test compares both.
// Run: pnpm --filter @vms-tooling/conventions run write
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readFiles } from "../read-files.ts";
import { workspaceOf } from "../workspace.ts";
import { assumptionsOf } from "./assumptions.ts";
import { renderAssumptions } from "./render.ts";

const root = join(import.meta.dirname, "../../../..");
writeFileSync(join(root, "docs/assumptions.md"), renderAssumptions(assumptionsOf(workspaceOf(readFiles(root)))));
