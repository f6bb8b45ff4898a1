import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs the real curl in a temporary directory. */
export async function curl(args: readonly string[], cwd?: string): Promise<{ out: string; err: string }> {
  // Ignore the machine's proxy settings.
  const env = { ...process.env, NO_PROXY: "127.0.0.1", no_proxy: "127.0.0.1" };
  try {
    const { stdout, stderr } = await run("curl", args, {
      encoding: "utf8",
      env,
      ...(cwd === undefined ? {} : { cwd }),
    });
    return { out: stdout, err: stderr };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new Error("curl is missing, and these tests run the vendors' own commands with it: install curl.");
    }
    throw error;
  }
}
