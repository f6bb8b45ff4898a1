import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Account } from "../../src/index.ts";

const runners = { py: "python3", php: "php", sh: "sh" } as const;

/** Whether a command is installed. */
export function isInstalled(command: string, ...args: string[]): boolean {
  return spawnSync(command, args).status === 0;
}

/** Runs a program against a base URL, and returns its exit status and what it printed as JSON. */
export function runProgram(
  file: string,
  baseUrl: string,
  { username, password }: Account,
  more: Record<string, string> = {},
): Promise<{ status: number; printed: unknown }> {
  const extension = file.slice(file.lastIndexOf(".") + 1) as keyof typeof runners;
  const env = {
    ...process.env,
    NO_PROXY: "127.0.0.1",
    no_proxy: "127.0.0.1",
    BASE_URL: baseUrl,
    USERNAME: username,
    PASSWORD: password,
    ...more,
  };
  return new Promise((resolve, reject) => {
    execFile(runners[extension], [join(import.meta.dirname, "programs", file)], { env }, (error, out, err) => {
      // A rejected call is printed and exits with 1. Output on standard error is a crash.
      if (err !== "" || (error !== null && error.code !== 1)) reject(new Error(err || String(error)));
      else resolve({ status: error === null ? 0 : 1, printed: JSON.parse(out) });
    });
  });
}
