import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Files } from "./workspace.ts";

const READ = [".changeset/*.md", "docs/guides/*.md", "packages/*/*.{json,md,ts}", "packages/*/{src,test}/**/*.ts"];

/** Reads the files that the rules check. */
export function readFiles(root: string): Files {
  const paths = globSync(READ, { cwd: root }).map((path) => path.split(sep).join("/"));
  return new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")]));
}
