import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { decodeLine, decodeText, unreadableFile } from "@vms/core/internal/node";
import { type CliError, usage } from "../errors/cli-error.ts";
import type { System } from "../system/system.ts";

/**
 * Reads a file of UTF-8 text, without a byte order mark.
 * @param unreadable creates the error for a file that cannot be read, from its code. It is not called if this user has no
 * permission to read the file.
 * @throws {CliError} if the file cannot be read, or is not UTF-8.
 */
export async function readText(path: string, unreadable: (code: string | undefined) => CliError): Promise<string> {
  const bytes = await readFile(path).catch(async ({ code }: NodeJS.ErrnoException): Promise<never> => {
    const closed = await unreadableFile(path, code ?? "unknown");
    throw closed === undefined ? unreadable(code) : usage(closed.problem, closed.fix);
  });
  return decodeText(bytes, (what) => notUtf8(path, what));
}

/** Reads standard input to its end, as UTF-8 text without a byte order mark. */
export async function readTextFromStdin({ stdin }: System): Promise<string> {
  return decodeText(await buffer(stdin), notUtf8Input);
}

/** Reads one value from standard input. One line end is not part of it. */
export async function readLineFromStdin({ stdin }: System): Promise<string> {
  return decodeLine(await buffer(stdin), notUtf8Input);
}

/** Creates the error for text that is not UTF-8. `what` says what it is: "is UTF-16". */
export function notUtf8(path: string, what: string): CliError {
  return usage(`${path} ${what}.`, "Save it as UTF-8.");
}

function notUtf8Input(what: string): CliError {
  return usage(`standard input ${what}.`, "Write it as UTF-8.");
}
