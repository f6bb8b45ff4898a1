import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Application } from "typedoc";
import ts from "typescript";
import type { Package } from "../packages.ts";

type EntryPoints = Parameters<Application["converter"]["convert"]>[0];

/**
 * The declarations that users import, by their import specifiers: those of the build, which are published.
 * A package that is not built yet is reported, and the others are still included.
 */
export function entryPoints(packages: readonly Package[]): { found: EntryPoints; missing: readonly string[] } {
  const entries = packages.flatMap((one) => one.entries);
  const built = entries.filter(({ types }) => existsSync(types));
  const program = ts.createProgram({
    rootNames: built.map(({ types }) => types),
    options: {
      target: ts.ScriptTarget.ESNext,
      lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ["node"],
      typeRoots: [join(import.meta.dirname, "../../node_modules/@types")],
      strict: true,
      skipLibCheck: true,
      noEmit: true,
    },
  });
  const found = built.flatMap(({ name, types }) => {
    const sourceFile = program.getSourceFile(types);
    return sourceFile === undefined ? [] : [{ displayName: name, program, sourceFile }];
  });
  const missing = entries
    .filter((entry) => !built.includes(entry))
    .map(({ name }) => `${name} is not built: npm run built. For tests, tooling/site/package.json has to name it.`);
  return { found, missing };
}
