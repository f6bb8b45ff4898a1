import { join } from "node:path";
import { install } from "@vms-tooling/pack/install";
import { packAll } from "@vms-tooling/pack/pack";
import { vendorNames } from "@vms-tooling/vendors";
import { build } from "esbuild";

/** The packed packages that the programs use. */
const NAMES = ["core", "simulator", ...vendorNames].map((one) => `@vms/${one}`);

/** The packages that a program resolves in its project. The rest is bundled. */
const EXTERNAL = ["@vms/*", "node:*", "undici"];

const source = (name: string) => join(import.meta.dirname, `${name}.ts`);

/** The major versions of undici that `@vms/core/node` supports. */
export const UNDICI_MAJORS = [7, 8] as const;

/**
 * Installs the packed packages into a project, and puts the programs next to them: `main.js` imports the packages, as
 * a user's program does; `worker.js` and `page.js` bundle them, as workers and pages do. Below it there is a project for each
 * undici, with the program `undici.js`.
 * @returns the path of the project.
 */
export async function makePrograms(scratch: string): Promise<string> {
  const project = join(scratch, "project");
  const packed = await packAll(scratch, NAMES);
  await install(project, packed, NAMES, { undici: "^8.0.0" });
  const plain = (name: string, folder = project) =>
    build({
      entryPoints: [source(name)],
      bundle: true,
      external: EXTERNAL,
      format: "esm",
      outfile: join(folder, `${name}.js`),
    });
  for (const major of UNDICI_MAJORS) {
    const below = join(project, `undici-${major}`);
    await install(below, packed, ["@vms/core"], { undici: `^${major}.0.0` });
    await plain("undici", below);
  }
  const bundled = (name: string, conditions: string[], format: "esm" | "iife") =>
    build({
      entryPoints: [join(project, `${name}.js`)],
      bundle: true,
      conditions,
      format,
      platform: "browser",
      outfile: join(project, `${name}.bundle.js`),
    });
  await Promise.all(["main", "worker", "page"].map((name) => plain(name)));
  await Promise.all([bundled("worker", ["workerd", "worker"], "esm"), bundled("page", ["browser"], "iife")]);
  return project;
}
