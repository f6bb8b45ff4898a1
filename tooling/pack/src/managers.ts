import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Packed } from "./pack.ts";
import { root } from "./packages.ts";
import { must, type Outcome, run } from "./run.ts";

/** A project of a package manager other than npm. */
export interface Managed {
  readonly directory: string;
  /** Runs a module of the project through the package manager. */
  node(file: string): Promise<Outcome>;
}

const pnpm = join(root, "node_modules/.bin/pnpm");
const yarn = join(root, "tooling/pack/node_modules/@yarnpkg/cli-dist/bin/yarn.js");

/** Installs packed packages with pnpm, so that a program finds only the dependencies of its project. */
export async function installWithPnpm(
  directory: string,
  packed: readonly Packed[],
  wanted: readonly string[],
  others: Readonly<Record<string, string>> = {},
): Promise<Managed> {
  mkdirSync(directory, { recursive: true });
  const { files, dependencies } = listOf(packed, wanted, others);
  save(directory, "package.json", { private: true, type: "module", dependencies });
  // JSON is valid YAML.
  save(directory, "pnpm-workspace.yaml", { overrides: files, minimumReleaseAge: 0 });
  await must(pnpm, ["install", "--prefer-offline", "--no-frozen-lockfile", "--reporter=silent"], { cwd: directory });
  return { directory, node: (file) => run(process.execPath, [file], { cwd: directory }) };
}

/** Installs packed packages with Yarn Plug'n'Play, where only declared dependencies resolve. */
export async function installWithYarn(
  directory: string,
  packed: readonly Packed[],
  wanted: readonly string[],
  others: Readonly<Record<string, string>> = {},
): Promise<Managed> {
  mkdirSync(directory, { recursive: true });
  const { files, dependencies } = listOf(packed, wanted, others);
  save(directory, "package.json", { name: "project", private: true, type: "module", dependencies, resolutions: files });
  const npmRegistryServer = (await must("npm", ["config", "get", "registry"], { cwd: directory })).trim();
  save(directory, ".yarnrc.yml", {
    nodeLinker: "pnp",
    npmRegistryServer,
    enableTelemetry: false,
    enableGlobalCache: false,
    enableImmutableInstalls: false,
  });
  await must(process.execPath, [yarn, "install"], { cwd: directory });
  return { directory, node: (file) => run(process.execPath, [yarn, "node", file], { cwd: directory }) };
}

function listOf(packed: readonly Packed[], wanted: readonly string[], others: Readonly<Record<string, string>>) {
  const files = Object.fromEntries(packed.map(({ name, tarball }) => [name, `file:${tarball}`]));
  const ours = Object.fromEntries(Object.entries(files).filter(([name]) => wanted.includes(name)));
  return { files, dependencies: { ...ours, ...others } };
}

function save(directory: string, file: string, content: object): void {
  writeFileSync(join(directory, file), JSON.stringify(content, null, 2));
}
