import { usage } from "../../errors/cli-error.ts";
import { readText, readTextFromStdin } from "../../files/read-text.ts";
import type { System } from "../../system/system.ts";

type FieldValue = string | number | boolean | null;

/**
 * A field of the command line. `place[city]=Riga` has the path `["place", "city"]`; an empty step appends to a list.
 */
export interface Field {
  readonly key: string;
  readonly path: readonly string[];
  readonly value: FieldValue;
}

/** Reads `-f key=value`. The value is text. */
export function rawField(text: string): Field {
  const { key, value } = split(text, "-f");
  return { key, path: pathOf(key), value };
}

/** Reads `-F key=value`. The value is a number, `true`, `false`, `null`, the text of `@file`, or other text. */
export async function typedField(system: System, text: string): Promise<Field> {
  const { key, value } = split(text, "-F");
  return { key, path: pathOf(key), value: await typed(system, key, value) };
}

function split(text: string, option: string): { key: string; value: string } {
  const at = text.indexOf("=");
  // The text is not quoted in the message, because it may contain a secret.
  if (at <= 0) throw usage(`${option} must be key=value.`, `For example: ${option} name=anna`);
  return { key: text.slice(0, at), value: text.slice(at + 1) };
}

function pathOf(key: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key);
  if (match === null) {
    throw usage(`the key of the field "${key}" is malformed.`, "Nested keys: place[city]=Riga, tags[]=a");
  }
  return [
    match[1] ?? "",
    ...(match[2] ?? "")
      .split("[")
      .slice(1)
      .map((step) => step.slice(0, -1)),
  ];
}

async function typed(system: System, key: string, value: string): Promise<FieldValue> {
  if (value === "true") return true;
  if (value === "false") return false;
  if (value === "null") return null;
  if (value.startsWith("@")) return read(system, value.slice(1));
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) return value;
  const number = Number(value);
  if (Number.isSafeInteger(number) || value.includes(".")) return number;
  throw usage(`the number of the field "${key}" is too large to be sent exactly.`, "Send it as text, with -f.");
}

async function read(system: System, path: string): Promise<string> {
  if (path === "-") return readTextFromStdin(system);
  return readText(path, (code) =>
    usage(`the file ${path} cannot be read (${code}).`, "To send text that begins with @, use -f."),
  );
}

interface Branch {
  [key: string]: Node;
}
type Node = FieldValue | Branch | Node[];

/** The fields as one JSON object. */
export function fieldsToJson(fields: readonly Field[]): string {
  let root: Node | undefined;
  for (const field of fields) root = put(root, field.path, field);
  return JSON.stringify(root);
}

function put(node: Node | undefined, [step, ...rest]: readonly string[], field: Field): Node {
  if (step === undefined) {
    if (node !== undefined) throw clash(field);
    return field.value;
  }
  if (step === "") {
    if (node !== undefined && !Array.isArray(node)) throw clash(field);
    return [...(node ?? []), put(undefined, rest, field)];
  }
  if (node !== undefined && (typeof node !== "object" || node === null || Array.isArray(node))) throw clash(field);
  // No prototype, so that `__proto__` is an ordinary key.
  const branch = node ?? (Object.create(null) as Branch);
  branch[step] = put(branch[step], rest, field);
  return branch;
}

function clash({ key }: Field) {
  return usage(
    `the field "${key}" contradicts an earlier one.`,
    "Add to a list with key[]=value, and to an object with key[name]=value.",
  );
}

/** Appends fields to the query of a path. */
export function withFields(path: string, fields: readonly Field[]): string {
  if (fields.length === 0) return path;
  const query = new URLSearchParams(fields.map(({ key, value }) => [key, String(value)])).toString();
  const [bare = ""] = path.split("#");
  return `${bare}${bare.includes("?") ? "&" : "?"}${query}`;
}
