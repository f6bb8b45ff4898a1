import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileErrorCode } from "./file-error.ts";

/**
 * Creates a directory with mode 0700, and its missing parents.
 *
 * Node's own `recursive` option never returns if a parent reports ENOENT although it exists, as below `/proc`.
 */
export function makeDirectory(path: string): void {
  try {
    makeOne(path);
  } catch (error) {
    const parent = dirname(path);
    if (fileErrorCode(error) !== "ENOENT" || parent === path) throw error;
    makeDirectory(parent);
    makeOne(path);
  }
}

function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (fileErrorCode(error) !== "EEXIST") throw error;
  }
}
