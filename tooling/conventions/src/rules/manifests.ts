import { isDeepStrictEqual } from "node:util";
import type { Rule } from "../rule.ts";
import type { Manifest, Package } from "../workspace.ts";

/** `process.getBuiltinModule` came with Node 22.3. */
const NODE = ">=22.3";
const FIELDS: Readonly<Record<string, unknown>> = {
  type: "module",
  sideEffects: false,
  files: ["dist", "CHANGELOG.md"],
  engines: { node: NODE },
  publishConfig: { access: "public" },
  exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
};
const SCRIPTS = { build: "tsdown", lint: "biome check .", test: "vitest run", typecheck: "tsc" };
const CONFIGURATIONS = ["tsconfig.json", "tsdown.config.ts", "vitest.config.ts"];
/** The fields whose packages are installed with a package. */
const INSTALLED = ["dependencies", "peerDependencies", "optionalDependencies"] as const;

/** The `package.json` and the settings of vendors. publint checks the order of export conditions. */
export const manifests: readonly Rule[] = [
  {
    name: "a vendor's package.json has the same fields as the others'",
    *violations({ vendors, packages }) {
      const { repository } = packages.find(({ folder }) => folder === "core")?.manifest ?? {};
      for (const { manifest, folder, at } of vendors) {
        const file = at("package.json");
        const expected: Readonly<Record<string, unknown>> = {
          name: `@vms/${folder}`,
          ...FIELDS,
          repository: { ...(repository as object | undefined), directory: `packages/${folder}` },
        };
        for (const [field, value] of Object.entries(expected)) {
          if (!isDeepStrictEqual(manifest[field], value)) {
            yield { file, what: `should have \`${field}: ${JSON.stringify(value)}\`.` };
          }
        }
        for (const field of ["version", "description", "keywords"]) {
          if (!isSome(manifest[field])) yield { file, what: `has no ${field}.` };
        }
      }
    },
  },
  {
    name: "every package that is imported needs the same Node, and every README says which",
    *violations({ packages, vendors }) {
      // The rule about the fields of vendors includes theirs.
      const checked = new Set(vendors.map(({ folder }) => folder));
      for (const { folder, manifest, files, at } of packages) {
        if (manifest.exports === undefined || manifest.private === true) continue;
        if (!checked.has(folder) && !isDeepStrictEqual(manifest.engines, { node: NODE })) {
          yield { file: at("package.json"), what: `should have \`engines: ${JSON.stringify({ node: NODE })}\`.` };
        }
        const said = files.get("README.md")?.match(/\bNode\s+\d[\d.]*\s+or\s+newer/g) ?? [];
        for (const one of said) {
          if (one.split(/\s+/)[1] !== NODE.slice(2)) yield { file: at("README.md"), what: `says "${one}".` };
        }
      }
    },
  },
  {
    name: "a vendor's package.json has the same scripts as the others'",
    *violations({ vendors }) {
      for (const { manifest, at } of vendors) {
        if (!isDeepStrictEqual(manifest.scripts, SCRIPTS)) {
          yield { file: at("package.json"), what: `should have \`scripts: ${JSON.stringify(SCRIPTS)}\`.` };
        }
      }
    },
  },
  {
    name: "a vendor depends on @vms/core and at most one more",
    *violations({ vendors }) {
      for (const { manifest, at } of vendors) {
        const file = at("package.json");
        // The next rule is about valibot.
        const names = installedBy(manifest).filter((name) => name !== "valibot");
        const others = names.filter((name) => name !== "@vms/core");
        if (others.length > 1)
          yield { file, what: `has ${others.length} dependencies besides @vms/core: ${others.join(", ")}.` };
        if (Object.keys(manifest.peerDependencies ?? {}).length > 0) yield { file, what: "has peer dependencies." };
      }
    },
  },
  {
    name: "valibot is a devDependency, because it is bundled",
    *violations({ packages }) {
      for (const one of packages) {
        const file = one.at("package.json");
        if (installedBy(one.manifest).includes("valibot")) yield { file, what: "installs valibot." };
        if (usesValibot(one) && !("valibot" in (one.manifest.devDependencies ?? {}))) {
          yield { file, what: "should have valibot as a devDependency: its src uses it." };
        }
      }
    },
  },
  {
    name: "tsconfig.json, tsdown.config.ts and vitest.config.ts are the same in every vendor",
    *violations({ vendors }) {
      for (const path of CONFIGURATIONS) {
        const usual = mostOf(vendors.map(({ files }) => files.get(path)));
        for (const { files, at } of vendors) {
          if (files.get(path) === undefined) yield { file: at(path), what: "is missing." };
          else if (files.get(path) !== usual) yield { file: at(path), what: "is not what most vendors have." };
        }
      }
    },
  },
];

function isSome(value: unknown): boolean {
  return (typeof value === "string" || Array.isArray(value)) && value.length > 0;
}

function installedBy(manifest: Manifest): string[] {
  return INSTALLED.flatMap((field) => Object.keys(manifest[field] ?? {}));
}

function usesValibot(one: Package): boolean {
  return one.sources().some((path) => one.module(path).needs.some((needed) => /^valibot(\/|$)/.test(needed)));
}

function mostOf<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
