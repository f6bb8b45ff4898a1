import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Installed, install } from "./install.ts";
import type { Packed } from "./pack.ts";

/** A project in which only one package is installed. */
export interface Alone extends Installed {
  readonly project: string;
}

/** Installs a package on its own. All callers with the same `scratch`, in any process, share one installation. */
export async function installAlone(scratch: string, packed: readonly Packed[], name: string): Promise<Alone> {
  const project = join(scratch, "alone", name);
  const result = `${project}.json`;
  mkdirSync(dirname(project), { recursive: true });
  while (!existsSync(result)) {
    if (!claim(project)) {
      await setTimeout(50);
      continue;
    }
    try {
      const installed = await install(project, packed, [name]);
      writeFileSync(`${result}.tmp`, JSON.stringify({ project, ...installed }));
      renameSync(`${result}.tmp`, result);
    } catch (error) {
      rmSync(project, { recursive: true });
      throw error;
    }
  }
  return JSON.parse(readFileSync(result, "utf8"));
}

/** Creates a folder. Returns whether this caller was the first. */
function claim(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
