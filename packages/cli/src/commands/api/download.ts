import { randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CliError } from "../../errors/cli-error.ts";
import { EXIT } from "../../errors/exit-codes.ts";
import { incompleteResponse } from "./incomplete-response.ts";
import type { Output } from "./output.ts";

/** A place on the disk for a response body. */
export type FileOutput = Exclude<Output, { readonly kind: "stdout" }>;

/** Starts to show progress. The parameter returns the number of bytes written; the result stops the display. */
export type ProgressWatcher = (written: () => number) => () => void;

/**
 * Writes a body to the disk. A file appears only when it is complete: until then its bytes are in a temporary file
 * next to it, which is removed on failure.
 */
export async function download(
  body: Readable,
  target: FileOutput,
  watch: ProgressWatcher,
  signal: AbortSignal,
): Promise<void> {
  if (target.kind === "device") return write(body, target.path, { flags: "w" }, watch, signal);
  const { path, mode } = target;
  const temporary = join(dirname(path), `.${basename(path).slice(0, 200)}.${randomBytes(6).toString("hex")}.part`);
  try {
    await write(body, temporary, { flags: "wx", ...(mode === undefined ? {} : { mode }) }, watch, signal);
    signal.throwIfAborted();
    await rename(temporary, path).catch((error: NodeJS.ErrnoException): never => {
      throw unwritable(path, error);
    });
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
}

async function write(
  body: Readable,
  path: string,
  options: { readonly flags: string; readonly mode?: number },
  watch: ProgressWatcher,
  signal: AbortSignal,
): Promise<void> {
  const file = createWriteStream(path, options);
  const unwatch = watch(() => file.bytesWritten);
  // Stops immediately, because Ctrl-C starts a new line that the progress bar must not overwrite.
  signal.addEventListener("abort", unwatch, { once: true });
  let failure: NodeJS.ErrnoException | undefined;
  file.once("error", (error) => {
    failure = error;
  });
  try {
    await pipeline(body, file, { signal });
  } catch (error) {
    signal.throwIfAborted();
    // The error of a body also ends the file, with the same error object.
    if (failure !== undefined && failure !== body.errored) throw unwritable(path, failure);
    throw incompleteResponse(error, "Nothing was saved. Run it again.");
  } finally {
    signal.removeEventListener("abort", unwatch);
    unwatch();
  }
}

function unwritable(path: string, { code }: NodeJS.ErrnoException): CliError {
  const hint = code === "ENOSPC" || code === "EDQUOT" ? "Free some space; nothing was saved." : "Nothing was saved.";
  return new CliError(EXIT.failed, `${path} cannot be written (${code}).`, hint);
}
