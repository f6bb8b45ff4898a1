import { createReadStream, openAsBlob } from "node:fs";
import { stat } from "node:fs/promises";
import process from "node:process";
import { Readable } from "node:stream";
import { usage } from "../../errors/cli-error.ts";

/** What `--input` names. */
export interface RequestInput {
  /** The type of its content, where the command line names none. */
  readonly type: string;
  /** A file, which can be sent again and again; or a stream, which can be read once. */
  readonly source: Blob | Readable;
}

/** Opens what `--input` names. A file is not read yet. */
export async function openRequestInput(path: string): Promise<RequestInput> {
  if (path === "-") return { type: JSON_TYPE, source: process.stdin };
  const type = /\.json$/i.test(path) ? JSON_TYPE : "application/octet-stream";
  const unreadable = (error: NodeJS.ErrnoException): never => {
    throw usage(`the file ${path} cannot be read (${error.code}).`, "Check the path after --input.");
  };
  const stats = await stat(path).catch(unreadable);
  if (stats.isDirectory()) throw usage(`${path} is a directory.`, "Name a file after --input.");
  // Such as <(jq …) of a shell: it can be read once.
  if (!stats.isFile()) return { type, source: createReadStream(path) };
  return { type, source: await openAsBlob(path).catch(unreadable) };
}

const JSON_TYPE = "application/json";

/** How much of a stream is kept to be sent again, in bytes. */
const KEPT = 65_536;

/** A stream that remembers its beginning. */
export interface RecordedStream {
  readonly stream: Readable;
  /** All of it, where it has ended and was short; else `undefined`. */
  whole(): Buffer | undefined;
}

/** Passes a stream on, and keeps a copy for as long as it is short. */
export function recordBeginning(source: Readable): RecordedStream {
  let kept: Buffer[] | undefined = [];
  let size = 0;
  let ended = false;
  async function* pass() {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > KEPT) kept = undefined;
      kept?.push(chunk);
      yield chunk;
    }
    ended = true;
  }
  return {
    stream: Readable.from(pass(), { objectMode: false }),
    whole: () => (ended && kept !== undefined ? Buffer.concat(kept) : undefined),
  };
}
