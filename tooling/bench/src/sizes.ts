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

/** The size of a contender with its dependencies. */
export interface Size {
  /** How many packages `npm install` puts on the disk, and how many bytes. */
  readonly packages: number;
  readonly bytes: number;
  /** The smallest program that uses it, bundled and minified, in bytes. */
  readonly minified: number;
  readonly gzipped: number;
}

/** A contender installed alone in a folder. */
export interface Installed {
  readonly size: Size;
  readonly contender: Contender;
  /** The path of its program, next to its `node_modules`. */
  readonly program: string;
}

/** Installs each contender alone, ours from packed tarballs, and bundles its program from there. */
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
    // Its packages stay external, so the program loads those in its own folder.
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
  "Ours contains ky, and features that the others leave to their users: one login for all concurrent callers, redirects that never leak the credential, stores, second factors, limited and retried logins.";

const NODE_FETCH =
  "On the disk, most of it is undici. It is not in the bundle, which loads it from the disk; else compare it to `bare undici.request`.";

export const sizeReasons: Reasons = {
  "session.fetch": KY,
  "session.http": KY,
  sessionInterceptor: "Nearly all of it is undici: compare it to `bare undici.request`.",
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

What \`npm install\` puts into an empty folder, ours from packed tarballs; and the program bundled for Node by esbuild, minified,
and gzipped. In KB.

${table(["program", "packages", "on the disk", "bundled", "gzipped"], rows)}

On the disk. ${comparison(sizeReasons, ratio("bytes"))}

Gzipped. ${comparison(sizeReasons, ratio("gzipped"))}`;
}
