import { escapeAllControls, hasControlCharacters } from "../command-line/escape-controls.ts";
import { usage } from "../errors/cli-error.ts";
import type { Profile } from "./profile.ts";
import { isVendor, vendorNames } from "./vendors.ts";

type Fields = Partial<Record<keyof Profile, unknown>>;

/** What each field of a profile must be, and whether it is. Messages never contain the value. */
const RULES: readonly (readonly [field: string, mustBe: string, isRight: (profile: Fields) => boolean])[] = [
  ["vendor", `one of: ${vendorNames.join(", ")}`, ({ vendor }) => isVendor(vendor)],
  ["username", "text without control characters, and not empty", ({ username }) => username !== "" && isLine(username)],
  ["url", "a URL, such as https://acme.example", ({ url }) => url === undefined || (isLine(url) && URL.canParse(url))],
  ["options", "an object", ({ options }) => options === undefined || isObject(options)],
  ["options.account", "free of control characters", ({ options }) => !hasControls(accountOf(options))],
  ["ca", "the path of a PEM file", ({ ca }) => ca === undefined || (typeof ca === "string" && ca !== "")],
  ["saved", '"keyring" or "file"', ({ saved }) => saved === undefined || saved === "keyring" || saved === "file"],
  ["simulator", "true", ({ simulator }) => simulator === undefined || simulator === true],
];

/**
 * Checks a profile of the configuration file.
 * @throws {CliError} if a field is malformed. It names the field.
 */
export function checkProfile(path: string, name: string, value: unknown): void {
  const fix = "Fix it, or remove it and sign in again.";
  const start = `${path}: the profile "${escapeAllControls(name)}" is malformed:`;
  if (hasControlCharacters(name)) throw usage(`${start} its name contains control characters.`, fix);
  if (!isObject(value)) throw usage(`${start} it must be an object.`, fix);
  const broken = RULES.find(([, , isRight]) => !isRight(value));
  if (broken !== undefined) throw usage(`${start} "${broken[0]}" must be ${broken[1]}.`, fix);
}

/** Whether a value is an object of JSON, and not a list. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isLine(value: unknown): value is string {
  return typeof value === "string" && !hasControlCharacters(value);
}

function hasControls(value: unknown): boolean {
  return typeof value === "string" && hasControlCharacters(value);
}

function accountOf(options: unknown): unknown {
  return isObject(options) && "account" in options ? options.account : undefined;
}
