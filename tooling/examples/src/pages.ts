import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** The root of the repository. */
export const ROOT: string = join(import.meta.dirname, "../../..");

/** The pages with programs that users copy, relative to the root. */
export const pages: readonly string[] = globSync(
  ["README.md", "docs/*.md", "docs/guides/*.md", "packages/*/README.md"],
  {
    cwd: ROOT,
  },
).sort();

/** The name of the folder for a page's programs. */
export function folderOf(page: string): string {
  const name = basename(page) === "README.md" ? dirname(page) : page;
  return name.replace(/\.md$/, "").replaceAll("/", "-").replace(/^\.$/, "root");
}
