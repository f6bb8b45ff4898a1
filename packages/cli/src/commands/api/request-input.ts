import { createReadStream, openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { usage } from "../../errors/cli-error.ts";
import type { System } from "../../system/system.ts";

/** The source that `--input` names. */
export interface RequestInput {
  /** The content type, unless the command line gives one. */
  readonly type: string;
  /** A file, which can be read repeatedly, or a stream, which can be read once. */
  readonly source: Blob | Readable;
}

/** Opens the source that `--input` names. A file is not read yet. */
export async function openRequestInput({ stdin }: System, path: string): Promise<RequestInput> {
  if (path === "-") return { type: JSON_TYPE, source: stdin };
  const type = /\.json$/i.test(path) ? JSON_TYPE : "application/octet-stream";
  const unreadable = (error: NodeJS.ErrnoException): never => {
    // The path is not shown, because the user may have put the body itself there.
    throw usage(`the file of --input cannot be read (${error.code}).`, "It must be a path, or - for standard input.");
  };
  const stats = await stat(path).catch(unreadable);
  if (stats.isDirectory())
    throw usage("--input is a directory.", "It must be the path of a file, or - for standard input.");
  // For example <(jq …) in a shell, which can be read only once.
  if (!stats.isFile()) return { type, source: createReadStream(path) };
  return { type, source: await openAsBlob(path).catch(unreadable) };
}

const JSON_TYPE = "application/json";
