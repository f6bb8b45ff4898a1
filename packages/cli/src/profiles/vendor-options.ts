import { resolve } from "node:path";
import { usage } from "../errors/cli-error.ts";
import { type VendorName, vendors } from "./vendors.ts";

type Read = (value: string, key: string) => unknown;

const text: Read = (value) => value;
const list: Read = (value) => value.split(",").map((one) => one.trim());
// Resolved, because the profile is used from other directories.
const file: Read = (value) => resolve(value);

const flag: Read = (value, key) => {
  if (value === "true" || value === "false") return value === "true";
  throw usage(`--option ${key}: write true or false.`, `For example: --option ${key}=true`);
};

const json: Read = (value, key) => {
  try {
    return JSON.parse(value);
  } catch {
    throw usage(`--option ${key}: the value is not JSON.`, `For example: --option ${key}='{"name":"desk"}'`);
  }
};

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const duration: Read = (value, key) => {
  const [, amount, unit = "ms"] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(value) ?? [];
  if (amount !== undefined) return Number(amount) * (UNITS[unit] ?? 1);
  throw usage(`--option ${key}: write a length of time.`, "Such as 900000 (ms), 30s, 15m or 8h.");
};

const COMMON = {
  timeout: duration,
  lifetime: duration,
  idleTimeout: duration,
  renewBefore: duration,
  allowedOrigins: list,
} as const;

/**
 * How the options that a profile may contain are read from the command line. The vendor's package validates the values.
 */
const OPTIONS: Readonly<Record<VendorName, Readonly<Record<string, Read>>>> = {
  alta: { ...COMMON, totpPlacement: text },
  findface: { ...COMMON, mode: text, face: file, uuid: text, language: text, mobile: flag, deviceInfo: json },
  alertsite: { ...COMMON, transport: text, expiredSessionCodes: list },
  eagleeye: { ...COMMON, realm: text, body: text, transport: text, rememberTokenPlacement: text },
  "admin-token": { ...COMMON, timeZone: text },
};

const INSTEAD: Readonly<Record<string, string>> = {
  apiKey: "It is a secret: set VMS_EAGLEEYE_API_KEY.",
  account: "Give --account <id>.",
  baseUrl: "Give --url.",
  allowInsecureHttp: "Give --allow-http.",
};

// Only Eagle Eye has these.
function isFor(key: string, vendor: VendorName): boolean {
  return vendor === "eagleeye" || (key !== "apiKey" && key !== "account");
}

/**
 * Applies `--option key=value` to the options of a profile. An empty value removes an option.
 * @throws {CliError} if the vendor has no such option.
 */
export function applyVendorOptions(
  vendor: VendorName,
  before: Readonly<Record<string, unknown>>,
  given: readonly string[],
): Readonly<Record<string, unknown>> {
  const known = OPTIONS[vendor];
  const options = { ...before };
  for (const one of given) {
    const [, key = "", value = ""] = /^([^=]*)=(.*)$/s.exec(one) ?? [];
    // The value is not shown, because it may be a secret.
    if (key === "") throw usage("--option: write key=value.", "For example: --option idleTimeout=15m");
    const read = Object.hasOwn(known, key) ? known[key] : undefined;
    if (read === undefined) {
      const instead = Object.hasOwn(INSTEAD, key) && isFor(key, vendor) ? INSTEAD[key] : undefined;
      throw usage(
        `--option: ${vendors[vendor].title} has no option "${key.slice(0, 40)}" to keep.`,
        instead ?? `There are: ${Object.keys(known).join(", ")}.`,
      );
    }
    if (value === "") delete options[key];
    else options[key] = read(value, key);
  }
  return options;
}
