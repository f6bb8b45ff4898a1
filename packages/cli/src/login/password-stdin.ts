import { usage } from "../errors/cli-error.ts";
import { readLineFromStdin } from "../files/read-text.ts";
import type { System } from "../system/system.ts";
import type { GivenPassword } from "./sign-in-request.ts";

/** Reads the password from standard input if `--password-stdin` is given. A line end is not part of it. */
export async function readPasswordFromStdin(
  system: System,
  wanted: true | undefined,
): Promise<GivenPassword | undefined> {
  if (!wanted) return undefined;
  if (system.stdin.isTTY) {
    const hint = "Leave it out: vms then prompts for the password.";
    throw usage("--password-stdin needs a password piped in.", hint);
  }
  const password = await readLineFromStdin(system);
  if (password === "") throw usage("there is no password on standard input.", "Check the command that writes it.");
  return { password, from: "standard input" };
}
