import type { House, Package } from "../house.ts";
import type { Rule } from "../rule.ts";

/** What is published. */
export const releases: readonly Rule[] = [
  {
    name: "a published package has a CHANGELOG, or a changeset that begins it",
    *breaches(house) {
      for (const one of published(house)) {
        const line = new RegExp(`^["']?${one.manifest.name}["']?: (major|minor|patch)$`, "m");
        const waits = [...house.changesets.values()].some((text) => line.test(text.split(/^---$/m)[1] ?? ""));
        if (!waits && !one.files.has("CHANGELOG.md")) {
          yield { file: one.at("CHANGELOG.md"), what: `is missing, and no changeset names ${one.manifest.name}.` };
        }
      }
    },
  },
  {
    name: "a published package has a README",
    *breaches(house) {
      for (const one of published(house)) {
        if (!one.files.has("README.md")) yield { file: one.at("README.md"), what: "is missing." };
      }
    },
  },
  {
    name: "a published package names its license",
    *breaches(house) {
      for (const one of published(house)) {
        if (one.manifest.license !== "MIT")
          yield { file: one.at("package.json"), what: 'should have `license: "MIT"`.' };
      }
    },
  },
];

function published({ packages }: House): Package[] {
  return packages.filter(({ manifest }) => manifest.private !== true);
}
