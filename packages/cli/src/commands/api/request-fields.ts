import { escapeAllControls } from "../../command-line/escape-controls.ts";
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

/** The fields as the command line gives them. */
export interface FieldOptions {
  /** The values of `-f`, which are text. */
  readonly raw: readonly string[];
  /** The values of `-F`: numbers, `true`, `false`, `null`, the text of `@file`, or other text. */
  readonly typed: readonly string[];
}

/**
 * Reads `-f key=value` and `-F key=value`. Messages name the option and the key, but no value: it may be a secret.
 * @throws {CliError} with status 2 if a field is malformed, or its file cannot be read.
 */
export async function readFields(system: System, { raw, typed }: FieldOptions): Promise<readonly Field[]> {
  const texts = raw.map((text, index) => split(text, nthOption("-f", index, raw)));
  const others = typed.map((text, index) => split(text, nthOption("-F", index, typed)));
  const piped = others.filter(({ value }) => value === "@-");
  if (piped.length > 1) {
    const names = piped.map(({ key }) => shown(key)).join(" and ");
    throw usage(`standard input can be read once, not by the fields ${names}.`, "Use a file: -F key=@file");
  }
  return [...texts, ...(await Promise.all(others.map((one) => typedField(system, one))))];
}

/** Whether a field reads standard input. */
export function readsStandardInput({ typed }: FieldOptions): boolean {
  return typed.some((text) => text.slice(text.indexOf("=") + 1) === "@-");
}

/** An option that can be repeated, as a message names it: `-f`, or `the 2nd -f` if there are several. */
export function nthOption(option: string, index: number, all: readonly unknown[]): string {
  if (all.length < 2) return option;
  const ends = { one: "st", two: "nd", few: "rd", other: "th", zero: "th", many: "th" };
  const number = index + 1;
  return `the ${number}${ends[new Intl.PluralRules("en", { type: "ordinal" }).select(number)]} ${option}`;
}

interface TextField extends Field {
  readonly value: string;
}

function split(text: string, option: string): TextField {
  const example = `For example: ${option.slice(-2)} name=anna`;
  const at = text.indexOf("=");
  if (at < 0) throw usage(`${option} has no "=": it must be key=value.`, example);
  if (at === 0) throw usage(`${option} has no key before the "=": it must be key=value.`, example);
  const key = text.slice(0, at);
  return { key, path: pathOf(key, option), value: text.slice(at + 1) };
}

function pathOf(key: string, option: string): string[] {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(key);
  if (match === null) {
    throw usage(`${option} has the malformed key ${shown(key)}.`, "Nested keys: place[city]=Riga, tags[]=a");
  }
  return [
    match[1] ?? "",
    ...(match[2] ?? "")
      .split("[")
      .slice(1)
      .map((step) => step.slice(0, -1)),
  ];
}

async function typedField(system: System, field: TextField): Promise<Field> {
  return { ...field, value: await typedValue(system, field) };
}

async function typedValue(system: System, { key, value }: TextField): Promise<FieldValue> {
  if (value === "true") return true;
  if (value === "false") return false;
  if (value === "null") return null;
  if (value === "@-") return readTextFromStdin(system);
  if (value.startsWith("@")) {
    // The path is not named, because a secret can begin with @ too.
    return readText(value.slice(1), (code) =>
      usage(
        `the file of the field ${shown(key)} cannot be read (${code}).`,
        "To send text that begins with @, use -f.",
      ),
    );
  }
  if (!/^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)) return value;
  const number = Number(value);
  if (Number.isSafeInteger(number) || value.includes(".")) return number;
  throw usage(`the number of the field ${shown(key)} is too large to be sent exactly.`, "Send it as text, with -f.");
}

function shown(key: string): string {
  return `"${escapeAllControls(key)}"`;
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
    `the field ${shown(key)} contradicts an earlier one.`,
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
