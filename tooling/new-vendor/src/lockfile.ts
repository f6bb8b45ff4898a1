import { MissingPlace } from "./insert.ts";

/**
 * Adds a package to the importers of `pnpm-lock.yaml`, with the dependencies of an existing one. pnpm then needs no network.
 */
export function withImporter(lockfile: string, folder: string, like: string): string {
  const { head, importers, rest } = partsOf(lockfile);
  const model = importers.get(like);
  if (model === undefined) throw new MissingPlace(`pnpm-lock.yaml has no importer ${like}.`);
  return joined(head, new Map([...importers, [folder, model]]), rest);
}

/** Adds a package of the workspace to the devDependencies of an importer. */
export function withWorkspaceDependency(lockfile: string, folder: string, name: string, linkedAt: string): string {
  const { head, importers, rest } = partsOf(lockfile);
  const importer = importers.get(folder);
  const [before, development] = importer?.split("    devDependencies:\n") ?? [];
  if (before === undefined || development === undefined) {
    throw new MissingPlace(`pnpm-lock.yaml has no devDependencies of ${folder}.`);
  }
  const entries = development.match(/^ {6}\S.*\n(?: {8}.*\n)*/gm) ?? [];
  const entry = `      '${name}':\n        specifier: workspace:^\n        version: link:${linkedAt}\n`;
  const sorted = [...entries, entry].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
  return joined(head, new Map([...importers, [folder, `${before}    devDependencies:\n${sorted.join("")}`]]), rest);
}

function nameOf(entry: string): string {
  return /^ {6}'?([^':]+)/.exec(entry)?.[1] ?? "";
}

interface Parts {
  readonly head: string;
  /** The lines of each importer, by its folder. */
  readonly importers: ReadonlyMap<string, string>;
  readonly rest: string;
}

// A lockfile begins with a document of pnpm's own; the importers of the workspace are the last ones.
function partsOf(lockfile: string): Parts {
  const start = lockfile.lastIndexOf("\nimporters:\n\n");
  const end = lockfile.indexOf("\npackages:\n", start);
  if (start < 0 || end < 0) throw new MissingPlace("pnpm-lock.yaml has no importers.");
  const body = start + "\nimporters:\n\n".length;
  const blocks = lockfile.slice(body, end).split(/^(?= {2}\S)/m);
  const importers = blocks.map((block): [string, string] => {
    const [first = "", ...lines] = block.trimEnd().split("\n");
    return [first.trim().replace(/:$/, ""), `${lines.join("\n")}\n`];
  });
  return { head: lockfile.slice(0, body), importers: new Map(importers), rest: lockfile.slice(end) };
}

function joined(head: string, importers: ReadonlyMap<string, string>, rest: string): string {
  const blocks = [...importers].sort(([one], [other]) => (one < other ? -1 : 1));
  return head + blocks.map(([folder, lines]) => `  ${folder}:\n${lines}`).join("\n") + rest;
}
