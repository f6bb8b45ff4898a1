import { posix } from "node:path";
import { packageIn } from "../module.ts";
import type { Rule, Violation } from "../rule.ts";
import { prefixOf } from "../vendor.ts";
import type { Package, Workspace } from "../workspace.ts";

/** Which package may need which. */
export const dependencies: readonly Rule[] = [
  {
    name: "dependencies point one way: the core and the simulator need no package of ours, only the command line needs vendors, and every other package needs only the core",
    *violations({ packages }) {
      const ours = new Set(packages.map(({ manifest }) => manifest.name));
      for (const one of packages.filter(({ folder }) => folder !== "cli")) {
        const may = one.folder === "core" || one.folder === "simulator" ? [] : ["@vms/core"];
        for (const [path, name] of neededBy(one, "src")) {
          if (ours.has(name) && name !== one.manifest.name && !may.includes(name)) {
            yield { file: one.at(path), what: `needs ${name}.` };
          }
        }
        for (const name of Object.keys(one.manifest.dependencies ?? {})) {
          if (ours.has(name) && !may.includes(name))
            yield { file: one.at("package.json"), what: `depends on ${name}.` };
        }
      }
    },
  },
  {
    name: "no vendor's tests need another vendor, and the simulator's need nothing of ours",
    *violations({ packages, vendors }) {
      const names = (all: readonly Package[]) => new Set(all.map(({ manifest }) => manifest.name ?? ""));
      const [ours, others] = [names(packages), names(vendors)];
      for (const one of packages.filter(({ folder, isVendor }) => isVendor || folder === "simulator")) {
        const never = one.isVendor ? others : ours;
        for (const [path, name] of neededBy(one, "test")) {
          if (never.has(name) && name !== one.manifest.name) yield { file: one.at(path), what: `needs ${name}.` };
        }
        for (const name of Object.keys(one.manifest.devDependencies ?? {})) {
          if (never.has(name)) yield { file: one.at("package.json"), what: `has ${name} as a devDependency.` };
        }
      }
    },
  },
  {
    name: "no package reaches into another one by a path",
    *violations({ packages }) {
      for (const one of packages) {
        for (const path of one.sources()) {
          for (const needed of one.module(path).needs.filter((from) => from.startsWith("."))) {
            if (posix.join(posix.dirname(path), needed).startsWith("..")) {
              yield { file: one.at(path), what: `leaves its package by "${needed}".` };
            }
          }
        }
      }
    },
  },
  {
    name: "no vendor's name occurs in the core",
    *violations(workspace) {
      const core = workspace.packages.find(({ folder }) => folder === "core");
      for (const path of core?.sources() ?? []) yield* namedIn(workspace, core as Package, path);
    },
  },
];

function* neededBy(one: Package, below: "src" | "test"): Iterable<[path: string, name: string]> {
  for (const path of one.sources(below)) {
    for (const name of new Set(one.module(path).needs.map(packageIn))) if (name !== undefined) yield [path, name];
  }
}

function* namedIn({ vendors }: Workspace, core: Package, path: string): Iterable<Violation> {
  for (const [index, line] of (core.files.get(path) ?? "").split("\n").entries()) {
    for (const vendor of vendors) {
      if (occursIn(line, wordsOf(vendor))) {
        yield { file: core.at(path), what: `names ${vendor.folder} in line ${index + 1}.` };
      }
    }
  }
}

/** The words of a vendor's name: `Eagle`, `Eye`. */
function wordsOf(vendor: Package): string[] {
  return prefixOf(vendor).match(/[A-Z][^A-Z]*/g) ?? [vendor.folder];
}

/** Finds every spelling: `eagleEye`, `EAGLE_EYE`, "Eagle Eye" and `eagleeye`. "Gibraltar" does not contain `alta`. */
function occursIn(line: string, words: readonly string[]): boolean {
  const joined = words.map(
    (word) => `[${word[0]?.toUpperCase()}${word[0]?.toLowerCase()}](?:${word.slice(1)}|${word.slice(1).toUpperCase()})`,
  );
  return new RegExp(`(?:(?<![A-Za-z])|(?<=[a-z])(?=[A-Z]))${joined.join("[-_ ]?")}(?![a-z])`).test(line);
}
