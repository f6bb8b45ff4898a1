import type { Rule, Violation } from "./rule.ts";
import { assumptions } from "./rules/assumptions.ts";
import { dependencies } from "./rules/dependencies.ts";
import { exports } from "./rules/exports.ts";
import { folders } from "./rules/folders.ts";
import { guides } from "./rules/guides.ts";
import { manifests } from "./rules/manifests.ts";
import { readmes } from "./rules/readmes.ts";
import { releases } from "./rules/releases.ts";
import { sources } from "./rules/sources.ts";
import { valibot } from "./rules/valibot.ts";
import { vendorFacts } from "./rules/vendor-facts.ts";
import { vendorFiles } from "./rules/vendor-files.ts";
import type { Workspace } from "./workspace.ts";

/** The rules for the whole workspace. Biome checks what it can: see `biome.json`. */
export const rules: readonly Rule[] = [
  ...vendorFiles,
  ...vendorFacts,
  ...exports,
  ...manifests,
  ...readmes,
  ...guides,
  ...assumptions,
  ...dependencies,
  ...folders,
  ...valibot,
  ...sources,
  ...releases,
];

/** The violations of a rule, one per line. */
export function linesOf(rule: Rule, workspace: Workspace): string[] {
  return [...rule.violations(workspace)].map(({ file, what }: Violation) => `${file} ${what}`);
}
