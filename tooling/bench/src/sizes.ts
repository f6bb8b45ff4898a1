import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { install } from "@vms-tooling/pack/install";
import { packAll } from "@vms-tooling/pack/pack";
import { type BuildOptions, build } from "esbuild";
import { type Contender, contenders } from "./contenders.ts";
import { versionOf } from "./machine.ts";

/** What a contender brings along. */
export interface Size {
  /** How many packages `npm install` puts on the disk, and how many bytes. */
  readonly packages: number;
  readonly bytes: number;
  /** Of the smallest program that uses it, bundled and minified, in bytes. */
  readonly minified: number;
  readonly gzipped: number;
}

/** A contender alone in a folder, as a user has it. */
export interface Installed {
  readonly size: Size;
  readonly contender: Contender;
  /** Its program, beside its `node_modules`. */
  readonly program: string;
}

/** Installs each contender by itself, ours from packed tarballs, and bundles its program from there. */
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
    // With its packages left outside, so that it finds those of its own folder.
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
