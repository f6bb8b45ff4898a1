import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileErrorCode } from "./file-error.ts";

/**
 * Creates a directory and its missing parents with mode 0700. Node's `recursive` option never returns if a parent
 * exists but reports ENOENT, as below `/proc`.
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
