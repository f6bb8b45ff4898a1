import { resolve } from "node:path";
import { decodeLine } from "../private-files/decode-text.ts";
import { invalidSource } from "./invalid-source.ts";
import { readPrivate } from "./read-private.ts";

/**
 * Reads the password from `<prefix>_PASSWORD`, or from the file in `<prefix>_PASSWORD_FILE` without one trailing
 * newline. An empty variable counts as not set.
 * @param env Default: this process's environment.
 * @returns `undefined` if neither variable is set.
 * @throws {InvalidOptions} `invalid_options` if both are set or the file cannot be used.
 */
export async function passwordFromEnv(
  prefix: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string | undefined> {
  const [variable, fileVariable] = [`${prefix}_PASSWORD`, `${prefix}_PASSWORD_FILE`];
  const { [variable]: password, [fileVariable]: file } = env;
  if (!file) return password || undefined;
  if (password) throw invalidSource(`${variable} and ${fileVariable} are both set. Unset one of them.`);
  const path = resolve(file);
  const invalid = (what: string) => invalidSource(`${fileVariable}: ${what}`);
  const bytes = await readPrivate(path, invalid);
  const content = decodeLine(bytes, (what) => invalid(`${path} ${what}. Save it as UTF-8.`));
  if (content === "") throw invalid(`${path} is empty. Write the password into it.`);
  return content;
}
