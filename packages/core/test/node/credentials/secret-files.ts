import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect } from "vitest";
import { temporaryDirectory } from "../file-store/temporary.ts";

export const PAIR = { username: "operator", password: "made up # = ü" };
/** A marker in the made-up secrets, which no error may contain. */
export const MARK = "canary-4711";

/** Writes a file with a mode into a new directory. Returns its path. */
export async function file(name: string, content: string | Uint8Array, mode = 0o600): Promise<string> {
  const path = join(await temporaryDirectory(), name);
  await writeFile(path, content, { mode });
  await chmod(path, mode);
  return path;
}

/** Returns the error of a function. Fails if there is no error, or if the error contains the marker. */
export async function failure(run: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await run();
  } catch (error) {
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(MARK);
    return error as { code: string; message: string };
  }
  throw new Error("it did not fail");
}
