import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programsOf } from "../src/programs.ts";

/**
 * Writes the named programs of a page into a folder, in which they can import each other.
 * @param as the name of the folder. Each test file needs its own.
 * @returns a function from a program's name to its path.
 */
export function placePage(page: string, as: string = page): (name: string) => string {
  const folder = join(import.meta.dirname, "../.report/pages", as.replaceAll(/\W/g, "-"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const programs = programsOf(page).filter(({ file }) => !file.startsWith("line-"));
  for (const { file, code } of programs) writeFileSync(join(folder, file), code);
  return (name) => {
    if (!programs.some(({ file }) => file === name)) throw new Error(`${page} has no program ${name}.`);
    return join(folder, name);
  };
}
