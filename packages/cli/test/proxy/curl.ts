import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { home } from "../support/run-vms.ts";

/** The result of curl. */
export interface Got {
  readonly exit: number | null;
  /** The headers of all responses. */
  readonly heads: string;
  /** The status of the last response. */
  readonly status: number;
  readonly text: string;
}

/** Runs the real curl. */
export async function curl(args: readonly string[]): Promise<Got> {
  const headFile = join(await home(), "heads");
  const child = spawn("curl", ["--silent", "--dump-header", headFile, ...args], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const body = await text(child.stdout);
  const exit = await exited;
  const heads = await readFile(headFile, "latin1").catch(() => "");
  const statuses = [...heads.matchAll(/^HTTP\/1\.1 (\d{3})/gm)];
  return { exit, heads, status: Number(statuses.at(-1)?.[1]), text: body };
}
