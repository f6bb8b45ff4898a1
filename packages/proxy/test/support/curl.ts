import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** The result of curl. */
export interface Got {
  readonly exit: number | null;
  /** The headers of all responses as they arrived, including `100 Continue`. */
  readonly heads: string;
  /** The status of the last response. */
  readonly status: number;
  readonly text: string;
  readonly bytes: number;
  readonly digest: string;
}

/** Runs the real curl. */
export async function curl(args: readonly string[], input?: Readable): Promise<Got> {
  const directory = await mkdtemp(join(tmpdir(), "vms-curl-"));
  const headFile = join(directory, "heads");
  const child = spawn("curl", ["--silent", "--dump-header", headFile, ...args], { stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.on("error", () => {});
  if (input === undefined) child.stdin.end();
  else input.pipe(child.stdin);
  const hash = createHash("sha256");
  const kept: Buffer[] = [];
  let bytes = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
    if (bytes < 65_536) kept.push(chunk);
  });
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const heads = await readFile(headFile, "latin1").catch(() => "");
  await rm(directory, { recursive: true });
  const statuses = [...heads.matchAll(/^HTTP\/1\.1 (\d{3})/gm)];
  return {
    exit,
    heads,
    status: Number(statuses.at(-1)?.[1]),
    text: Buffer.concat(kept).toString(),
    bytes,
    digest: hash.digest("hex"),
  };
}
