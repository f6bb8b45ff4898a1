import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Names } from "./name.ts";

/** An existing vendor. What all vendors have in common is copied from it, so that it is never outdated. */
export const MODEL = "packages/alta";
const SAME = ["tsconfig.json", "tsdown.config.ts", "vitest.config.ts"];

/** The files that a new vendor has in common with the others, by their paths in its package. */
export function filesLikeOthers(root: string, { kebab, title }: Names): Map<string, string> {
  const read = (path: string) => readFileSync(join(root, MODEL, path), "utf8");
  const model = JSON.parse(read("package.json")) as { readonly repository: object };
  // In the field order of the model.
  const manifest = {
    ...model,
    name: `@vms/${kebab}`,
    version: "0.0.0",
    description: `Sign in to ${title}, and stay signed in.`,
    keywords: [kebab, "vms", "video-management", "login", "session", "fetch"],
    repository: { ...model.repository, directory: `packages/${kebab}` },
  };
  return new Map([
    ["package.json", `${JSON.stringify(manifest, undefined, 2)}\n`],
    ...SAME.map((path): [string, string] => [path, read(path)]),
  ]);
}
