import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { vendorNames } from "@vms-tooling/vendors";
import type { Package } from "./packages.ts";

/** The headings of the navigation, in its order. The READMEs of the packages are in `Reference`. */
export type Group = "Start" | "Vendors" | "Guides" | "In depth" | "Reference" | "Maintainers";

/** A page that was written by hand. */
export interface Guide {
  /** Below the root of the repository. */
  readonly path: string;
  readonly group: Group;
  /** Its address below the site, without its ending. */
  readonly address: string;
}

/** The front page of the site. */
export const FRONT = "docs/README.md";

/** The list of the guides. Their order in the navigation is that of its links. */
export const HOME = "docs/guides/README.md";

const START: readonly string[] = [
  HOME,
  "docs/guides/first-session.md",
  "docs/guides/environment-variables.md",
  "docs/playground.md",
];

const MAINTAINERS: readonly string[] = [
  "docs/assumptions.md",
  "docs/faults.md",
  "docs/mutations.md",
  "docs/budgets.md",
];

const VENDORS: ReadonlySet<string> = new Set(vendorNames.map((name) => `docs/guides/${name}.md`));

/** All pages in the order of the navigation: first those that the list of the guides links to, in its order. */
export function guides(root: string, packages: readonly Package[]): Guide[] {
  const files = [...globSync("docs/guides/*.md", { cwd: root }), ...globSync("docs/*.md", { cwd: root })].sort();
  const all = [...START, ...linkedFrom(root), ...files, "SECURITY.md", ...MAINTAINERS];
  const pages = [...new Set(all)].filter((path) => path !== FRONT && existsSync(join(root, path))).map(guideOf);
  const readmes = packages.filter(({ readme }) => readme !== undefined);
  return [...pages, ...readmes.map(({ folder }) => guideOf(`${folder}/README.md`))];
}

function linkedFrom(root: string): string[] {
  if (!existsSync(join(root, HOME))) return [];
  const text = readFileSync(join(root, HOME), "utf8");
  // What is linked beside the tables only comes last.
  const rows = text.split("\n").filter((line) => line.startsWith("|"));
  const links = `${rows.join("\n")}\n${text}`.matchAll(/\]\(([^)#:]+\.md)\)/g);
  const paths = [...links].map(([, path = ""]) => join(dirname(HOME), path));
  return paths.filter((path) => path.startsWith("docs/") || path === "SECURITY.md");
}

function guideOf(path: string): Guide {
  const group = groupOf(path);
  return { path, group, address: addressOf(path, group) };
}

function groupOf(path: string): Group {
  if (START.includes(path)) return "Start";
  if (VENDORS.has(path)) return "Vendors";
  if (MAINTAINERS.includes(path)) return "Maintainers";
  if (path.startsWith("packages/")) return "Reference";
  return path.startsWith("docs/guides/") || path === "docs/other-tools.md" ? "Guides" : "In depth";
}

const FOLDERS: Readonly<Record<Group, string>> = {
  Start: "guides",
  Vendors: "guides",
  Guides: "guides",
  "In depth": "in-depth",
  Reference: "api",
  Maintainers: "maintainers",
};

/** There may be a guide and a page in depth of the same name. */
function addressOf(path: string, group: Group): string {
  const name = basename(path, ".md") === "README" ? "index" : basename(path, ".md").toLowerCase();
  if (group === "Reference") return `api/${basename(dirname(path))}/index`;
  return `${FOLDERS[group]}/${name}`;
}
