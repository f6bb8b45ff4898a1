import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Names } from "./name.ts";

/** An existing vendor: the parts that all vendors have in common are copied from it, so they are never outdated. */
const MODEL = "packages/alta";
const SAME = ["tsconfig.json", "tsdown.config.ts", "vitest.config.ts"];
/** The parts of a vendor that the simulator does not have yet. */
const NEEDED = [
  "@types/node",
  "@vms-tooling/config",
  "@vms-tooling/testing",
  "@vms/test-suite",
  "nock",
  "tsdown",
  "typescript",
  "vitest",
  "zod",
];

interface Manifest {
  readonly repository: object;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/** The files that a new vendor has in common with the others, by their paths in its package. */
export function filesLikeOthers(root: string, names: Names): Map<string, string> {
  const read = (path: string) => readFileSync(join(root, MODEL, path), "utf8");
  const manifest = manifestLike(JSON.parse(read("package.json")) as Manifest, names);
  return new Map([
    ["package.json", `${JSON.stringify(manifest, undefined, 2)}\n`],
    ...SAME.map((path): [string, string] => [path, read(path)]),
  ]);
}

function manifestLike(model: Manifest, { kebab, title }: Names): object {
  const only = (from: Readonly<Record<string, string>>, names: readonly string[]) =>
    Object.fromEntries(Object.entries(from).filter(([name]) => names.includes(name)));
  // In the field order of the model.
  return {
    ...model,
    name: `@vms/${kebab}`,
    version: "0.0.0",
    description: `Sign in to ${title}, and stay signed in.`,
    keywords: [kebab, "vms", "video-management", "login", "session", "fetch"],
    repository: { ...model.repository, directory: `packages/${kebab}` },
    dependencies: only(model.dependencies, ["@vms/core"]),
    devDependencies: only(model.devDependencies, NEEDED),
  };
}
