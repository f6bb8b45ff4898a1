import type { Credentials } from "../../contract/credentials.ts";
import { invalidSource } from "./invalid-source.ts";

/**
 * Errors quote nothing of the text.
 * @param source names the text in errors.
 */
export function parseJson(text: string, source: string): Credentials {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidSource(`${source} is not JSON. It must be { "username": "…", "password": "…" }.`);
  }
  const { username, password } = (value ?? {}) as Partial<Record<keyof Credentials, unknown>>;
  for (const [field, part] of Object.entries({ username, password })) {
    if (typeof part !== "string" || part === "") {
      throw invalidSource(`${source}: "${field}" must be a non-empty string.`);
    }
  }
  return { username: username as string, password: password as string };
}

/**
 * Refuses a value that other programs could read differently.
 * @param prefix without a trailing underscore.
 */
export function parseDotenv(text: string, source: string, prefix: string | undefined): Credentials {
  const lines = process.getBuiltinModule("node:util").parseEnv(text);
  const read = (field: string) => {
    const name = prefix === undefined ? field : `${prefix}_${field}`;
    const { [name]: value = "" } = lines;
    const written = text
      .split("\n")
      .map((line) => valueIn(line, name))
      .filter((one) => one !== undefined);
    if (written.length === 0) throw invalidSource(`${source} has no line ${name}=. Add it to sign in.`);
    // Node's parser cuts an unquoted value at any # and drops text after a closing quote.
    if (written.at(-1) !== value) {
      throw invalidSource(
        `${source}: the value of ${name} has a #, a quote or a backslash that can be read in two ways. Put the value in single quotes, or in backticks.`,
      );
    }
    if (value === "") throw invalidSource(`${source}: ${name} is empty. Write its value to sign in.`);
    return value;
  };
  return { username: read("USERNAME"), password: read("PASSWORD") };
}

/** Returns the value as written. `undefined`: none. `null`: an unclosed quote. */
function valueIn(line: string, name: string): string | null | undefined {
  const [, found, text = ""] = /^(?:export\s+)?([^\s=#]+)\s*=\s*(.*)$/.exec(line.trim()) ?? [];
  if (found !== name) return undefined;
  // A comment starts with # after a space.
  const quoted = /^(["'`])(.*?)\1(?:\s+#.*)?$/.exec(text);
  if (quoted !== null) return quoted[2];
  if (/^["'`]/.test(text)) return null;
  return text.startsWith("#") ? "" : text.split(/\s#/)[0]?.trimEnd();
}
