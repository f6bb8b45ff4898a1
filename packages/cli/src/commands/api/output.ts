import { realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { usage } from "../../errors/cli-error.ts";
import type { ApiOptions } from "./api-options.ts";

/** Where a response body goes. */
export type Output =
  /** `raw`: the bytes as they came, also on a terminal. */
  | { readonly kind: "stdout"; readonly raw: boolean }
  /** A file that is replaced once the body is complete. `mode` is the mode of the existing file. */
  | { readonly kind: "file"; readonly path: string; readonly mode: number | undefined }
  /** A device or pipe such as /dev/null, which cannot be replaced. */
  | { readonly kind: "device"; readonly path: string };

/**
 * Checks where a response body is to go, before anything is sent.
 * @throws {CliError} with status 2 if nothing can be written there.
 */
export async function openOutput({ output, raw }: ApiOptions): Promise<Output> {
  if (output === undefined || output === "-") return { kind: "stdout", raw: raw === true || output === "-" };
  const stats = await stat(output).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw usage(`${output} cannot be written (${error.code}).`, "Check the path after -o.");
  });
  if (stats === undefined) {
    const parent = await stat(dirname(output)).catch(() => undefined);
    if (parent?.isDirectory()) return { kind: "file", path: output, mode: undefined };
    throw usage(`the directory ${dirname(output)} does not exist.`, "Create it, or give another path after -o.");
  }
  if (stats.isDirectory()) throw usage(`${output} is a directory.`, "Name a file after -o.");
  if (!stats.isFile()) return { kind: "device", path: output };
  // A symbolic link stays; the file that it points to is replaced.
  return { kind: "file", path: await realpath(output), mode: stats.mode & 0o777 };
}
