import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { programsOf } from "../src/programs.ts";

/**
 * Writes the named programs of a page into a folder, unchanged, so that they can be run and can import each other.
 * @param as the name of the folder. Test files that run at the same time need their own.
 * @returns a function that returns the path of a program by name.
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
