import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files in which `npm run new-vendor` left places for the author to write. */
export function unwrittenIn(folder: string): string[] {
  return globSync(["README.md", "{src,test}/**/*.ts"], { cwd: folder })
    .filter((file) => /\bWrite this:/.test(readFileSync(join(folder, file), "utf8")))
    .sort();
}
