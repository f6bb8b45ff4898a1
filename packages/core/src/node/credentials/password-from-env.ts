import { resolve } from "node:path";
import process from "node:process";
import { invalidSource } from "./invalid-source.ts";
import { readPrivate } from "./read-private.ts";

/**
 * Reads the password from `<prefix>_PASSWORD`, or from the file that `<prefix>_PASSWORD_FILE` names. One newline at the
 * end of the file is removed. An empty variable counts as not set.
 * @returns `undefined` if neither variable is set.
 * @throws {InvalidOptions} `invalid_options` if both are set, or the file cannot be used. The message names the
 * variable and the file.
 */
export async function passwordFromEnv(prefix: string): Promise<string | undefined> {
  const [variable, fileVariable] = [`${prefix}_PASSWORD`, `${prefix}_PASSWORD_FILE`];
  const { [variable]: password, [fileVariable]: file } = process.env;
  if (!file) return password || undefined;
  if (password) throw invalidSource(`${variable} and ${fileVariable} are both set. Unset one of them.`);
  const path = resolve(file);
  const invalid = (what: string) => invalidSource(`${fileVariable}: ${what}`);
  const content = (await readPrivate(path, invalid)).replace(/\r?\n$/, "");
  if (content === "") throw invalid(`${path} is empty. Write the password into it.`);
  return content;
}
