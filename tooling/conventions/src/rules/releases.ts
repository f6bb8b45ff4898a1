import type { Rule } from "../rule.ts";
import type { Package, Workspace } from "../workspace.ts";

/** What a published package has. */
export const releases: readonly Rule[] = [
  {
    name: "a published package has a CHANGELOG, or a changeset that begins it",
    *violations(workspace) {
      for (const one of published(workspace)) {
        const line = new RegExp(`^["']?${one.manifest.name}["']?: (major|minor|patch)$`, "m");
        const waits = [...workspace.changesets.values()].some((text) => line.test(text.split(/^---$/m)[1] ?? ""));
        if (!waits && !one.files.has("CHANGELOG.md")) {
          yield { file: one.at("CHANGELOG.md"), what: `is missing, and no changeset names ${one.manifest.name}.` };
        }
      }
    },
  },
  {
    name: "a published package has a README",
    *violations(workspace) {
      for (const one of published(workspace)) {
        if (!one.files.has("README.md")) yield { file: one.at("README.md"), what: "is missing." };
      }
    },
  },
  {
    name: "a published package names its license",
    *violations(workspace) {
      for (const one of published(workspace)) {
        if (one.manifest.license !== "MIT")
          yield { file: one.at("package.json"), what: 'should have `license: "MIT"`.' };
      }
    },
  },
];

function published({ packages }: Workspace): Package[] {
  return packages.filter(({ manifest }) => manifest.private !== true);
}
