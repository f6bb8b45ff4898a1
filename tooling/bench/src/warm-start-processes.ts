import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The order for a child process. */
export interface Orders {
  /** The place of its record. `no store`: none, so it signs in; `no session`: it only sends the call, with headers. */
  readonly kind: "file" | "bytes" | "passphrase" | "redis" | "no store" | "no session";
  readonly baseUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly path: string;
  readonly directory: string;
  /** A passphrase, or bytes in base64. */
  readonly key: string;
  readonly redis: string;
  readonly headers: Record<string, string>;
}

/** What it measured, in ms. */
export interface Report {
  /** From the session's creation to the first answer. A client of Redis is connected by then. */
  readonly fromSession: number;
  /** From the start of the process to the first answer. */
  readonly fromStart: number;
  /** The second call, with the record in memory. */
  readonly second: number;
}

const program = fileURLToPath(new URL("warm-start-child.ts", import.meta.url));

/** Starts a program that makes two calls, and waits for its report. */
export async function inNewProcess(orders: Orders): Promise<Report> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(orders)]);
  return JSON.parse(stdout);
}
