import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A behaviour that is removed from the core, to see which tests detect that. */
export interface Mutation {
  /** The removed behaviour. The environment variable `VMS_MUTATION` selects a mutation by this text. */
  readonly removed: string;
  readonly file: string;
  /** A part of the file's text. It must occur exactly once. */
  readonly find: string;
  readonly replace: string;
  /** Why no test detects it. Only for mutations that survive. */
  readonly survives?: string;
}

export const CORE: string = join(import.meta.dirname, "../..");

/** Returns the path of the mutated file. */
export function fileOf({ file }: Mutation): string {
  return join(CORE, "src", file);
}

/**
 * Returns the mutated text of a file.
 * @throws {Error} if `find` does not occur exactly once.
 */
export function mutate({ removed, file, find, replace }: Mutation, text: string): string {
  const [before, after, ...more] = text.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    const count = text.split(find).length - 1;
    throw new Error(
      `The mutation "${removed}" is out of date: its text occurs ${count} times in src/${file}, not once.`,
    );
  }
  return before + replace + after;
}

export function requireUpToDate(mutations: readonly Mutation[]): void {
  for (const mutation of mutations) mutate(mutation, readFileSync(fileOf(mutation), "utf8"));
}
