import { existsSync, globSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { vendorNames } from "@vms-tooling/vendors";
import type { Package } from "./packages.ts";

/** A page that was written by hand. */
export interface Guide {
  /** Below the root of the repository. */
  readonly path: string;
  /** Its heading in the navigation. */
  readonly group: string;
}

/** The first page of the site. */
export const HOME = "docs/guides/README.md";

const IN_DEPTH: readonly string[] = [
  "docs/stores.md",
  "docs/faults.md",
  "docs/assumptions.md",
  "docs/runtimes.md",
  "docs/budgets.md",
  "SECURITY.md",
];

const GROUPS: Readonly<Record<string, readonly string[]>> = {
  Guides: [
    "docs/guides/first-session.md",
    "docs/guides/environment-variables.md",
    "docs/guides/credentials.md",
    "docs/guides/second-factors.md",
    "docs/guides/clients.md",
    "docs/guides/stores.md",
    "docs/guides/many-customers.md",
    "docs/guides/operating.md",
    "docs/guides/nextjs.md",
    "docs/guides/errors.md",
    "docs/guides/like-fetch.md",
    "docs/guides/like-node-fetch.md",
    "docs/guides/guarantees.md",
    "docs/guides/command-line.md",
    "docs/guides/commands.md",
    "docs/guides/sidecar.md",
    "docs/other-tools.md",
    "docs/guides/testing-with-the-simulator.md",
    "docs/guides/writing-a-vendor.md",
  ],
  Vendors: vendorNames.map((name) => `docs/guides/${name}.md`),
  "In depth": IN_DEPTH,
};

/**
 * All pages in the order of the navigation. A guide without a place in that order comes last.
 * The README of a package that is a program is a separate page, because the package has no exports.
 */
export function guides(root: string, packages: readonly Package[]): Guide[] {
  const ordered = Object.entries(GROUPS)
    .flatMap(([group, paths]) => paths.map((path) => ({ path, group })))
    .filter(({ path }) => existsSync(join(root, path)));
  const known = new Set([HOME, ...ordered.map(({ path }) => path)]);
  const others = globSync("docs/guides/*.md", { cwd: root }).filter((path) => !known.has(path));
  const programs = packages.filter(({ entries, readme }) => entries.length === 0 && readme !== undefined);
  return [
    ...ordered,
    ...others.sort().map((path) => ({ path, group: "Guides" })),
    ...programs.map(({ folder }) => ({ path: `${folder}/README.md`, group: "Packages" })),
  ];
}

/** The address of a page, without its ending. There may be a guide and a page in depth of the same name. */
export function addressOf(path: string): string {
  if (path.startsWith("packages/")) return `api/${basename(dirname(path))}`;
  return `${IN_DEPTH.includes(path) ? "in-depth" : "guides"}/${basename(path, ".md").toLowerCase()}`;
}
