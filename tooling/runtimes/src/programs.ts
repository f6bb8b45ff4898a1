import { join } from "node:path";
import { install } from "@vms-tooling/pack/install";
import { packAll } from "@vms-tooling/pack/pack";
import { build } from "esbuild";

/** What the programs are made of, as packed. */
const NAMES = ["admin-token", "alertsite", "alta", "core", "eagleeye", "findface", "simulator"].map(
  (one) => `@vms/${one}`,
);

const source = (name: string) => join(import.meta.dirname, `${name}.ts`);

/**
 * Installs the packed packages into a project, and puts the programs next to them: `main.js` finds the packages by itself, as
 * a program of a user does; `worker.js` and `page.js` have them in a bundle, as workers and pages do.
 * @returns where the project is.
 */
export async function makePrograms(scratch: string): Promise<string> {
  const project = join(scratch, "project");
  await install(project, await packAll(scratch, NAMES), NAMES, { undici: "^7.0.0" });
  const plain = (name: string) =>
    build({
      entryPoints: [source(name)],
      bundle: true,
      packages: "external",
      format: "esm",
      outfile: join(project, `${name}.js`),
    });
  const bundled = (name: string, conditions: string[], format: "esm" | "iife") =>
    build({
      entryPoints: [join(project, `${name}.js`)],
      bundle: true,
      conditions,
      format,
      platform: "browser",
      outfile: join(project, `${name}.bundle.js`),
    });
  await Promise.all(["main", "worker", "page"].map(plain));
  await Promise.all([bundled("worker", ["workerd", "worker"], "esm"), bundled("page", ["browser"], "iife")]);
  return project;
}
