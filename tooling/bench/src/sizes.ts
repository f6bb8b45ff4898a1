import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { install } from "@vms-tooling/pack/install";
import { packAll } from "@vms-tooling/pack/pack";
import { type BuildOptions, build } from "esbuild";
import { comparison, type Reasons } from "./comparison.ts";
import { type Contender, contenders } from "./contenders.ts";
import { versionOf } from "./machine.ts";
import { kilobytes, table } from "./markdown.ts";

/** The size of a contender, including its dependencies. */
export interface Size {
  /** The packages that `npm install` installs, and their bytes. */
  readonly packages: number;
  readonly bytes: number;
  /** Its program, bundled and minified, in bytes. */
  readonly minified: number;
  readonly gzipped: number;
}

/** A contender installed alone in a folder. */
export interface Installed {
  readonly size: Size;
  readonly contender: Contender;
  /** The path of its program, beside its `node_modules`. */
  readonly program: string;
}

/** Installs each contender separately (sessions from packed tarballs), and bundles its program. */
export async function installAll(scratch: string): Promise<Installed[]> {
  const packed = await packAll(scratch);
  const all: Installed[] = [];
  for (const contender of contenders) {
    const folder = join(scratch, contender.module);
    const ours = contender.packages.filter((name) => packed.some((one) => one.name === name));
    const others = contender.packages.filter((name) => !ours.includes(name));
    mkdirSync(folder);
    const { names, bytes } =
      contender.packages.length === 0
        ? { names: [], bytes: 0 }
        : await install(folder, packed, ours, Object.fromEntries(others.map((name) => [name, versionOf(name)])));
    const program = join(folder, "program.mjs");
    // Packages stay external, so that the program loads those in its folder.
    writeFileSync(program, await bundled({ entryPoints: [clientPath(contender)], packages: "external" }));
    const code = await bundled({ entryPoints: [program], minify: true });
    all.push({
      contender,
      program,
      size: {
        packages: names.length,
        bytes,
        minified: code.length,
        gzipped: gzipSync(code, { level: 9 }).length,
      },
    });
  }
  return all;
}

const clientPath = ({ module }: Contender) => join(import.meta.dirname, `clients/${module}.ts`);

async function bundled(options: BuildOptions): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node22",
    write: false,
    logLevel: "error",
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

const KY =
  "A session includes ky and features that the others leave to their users: one login for all concurrent callers, redirects that never leak the credential, stores, second factors, and limited and retried logins.";

const NODE_FETCH =
  "On disk, most of it is undici, so compare it with `bare undici.request`. The bundle does not contain undici, which is loaded from disk.";

export const sizeReasons: Reasons = {
  "session.fetch": KY,
  "session.http": KY,
  sessionInterceptor: "Nearly all of it is undici, so compare it with `bare undici.request`.",
  "session.fetch on nodeFetch": NODE_FETCH,
  "session.http on nodeFetch": NODE_FETCH,
};

export function sizesSection(sizes: Readonly<Record<string, Size>>): string {
  const rows = Object.entries(sizes).map(([name, { packages, bytes, minified, gzipped }]) => [
    `\`${name}\``,
    String(packages),
    kilobytes(bytes),
    kilobytes(minified, 1),
    kilobytes(gzipped, 1),
  ]);
  const ratio = (what: keyof Size) => (one: string, other: string) =>
    (sizes[one]?.[what] ?? Number.NaN) / (sizes[other]?.[what] ?? Number.NaN);
  return `## The size

The size of \`npm install\` in an empty folder (@vms packages from packed tarballs), and of the program bundled and minified for Node by esbuild, before
and after gzip. In KB.

${table(["program", "packages", "on disk", "bundled", "gzipped"], rows)}

**On disk.** ${comparison(sizeReasons, ratio("bytes"))}

**Gzipped.** ${comparison(sizeReasons, ratio("gzipped"))}`;
}
