import process from "node:process";
import { usage } from "../errors/cli-error.ts";
import { readLineFromStdin } from "../files/read-text.ts";
import type { GivenPassword } from "./sign-in.ts";

/** Reads the password from standard input if `--password-stdin` is given. A line end is not part of it. */
export async function readPasswordFromStdin(wanted: true | undefined): Promise<GivenPassword | undefined> {
  if (!wanted) return undefined;
  if (process.stdin.isTTY) {
    const hint = "Leave it out, and vms asks for the password.";
    throw usage("--password-stdin needs a password piped in.", hint);
  }
  const password = await readLineFromStdin();
  if (password === "") throw usage("there is no password on standard input.", "Check what writes it.");
  return { password, from: "standard input" };
}
