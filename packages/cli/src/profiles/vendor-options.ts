import { suggestion } from "@vms/core/internal";
import { type CliError, usage } from "../errors/cli-error.ts";
import { isKeptOption, type KeptOption, readOptionValue } from "./option-values.ts";
import { type VendorName, vendors } from "./vendors.ts";

type KeptOptions = Readonly<Record<string, KeptOption>>;

/** The options of every vendor that a profile can keep. */
export const COMMON_OPTIONS: KeptOptions = {
  idleTimeout: { type: "duration", example: "15m" },
  lifetime: { type: "duration", example: "8h" },
  renewBefore: { type: "duration", example: "2m" },
  timeout: { type: "duration", example: "30s" },
  allowedOrigins: { type: "list", example: "https://a.example,https://b.example" },
  sessionEndedOn: { type: "json", example: '{"status":[403]}' },
};

/** The options that only this vendor has and that `--option` keeps in a profile. `--account` is a separate option. */
export function ownOptions(vendor: VendorName): KeptOptions {
  const { account: _, ...others } = vendors[vendor].options;
  return Object.fromEntries(Object.entries(others).filter(([, option]) => isKeptOption(option))) as KeptOptions;
}

/**
 * Applies `--option key=value` to the options of a profile. An empty value removes an option.
 * @throws {CliError} if a profile cannot keep the option.
 */
export function applyVendorOptions(
  vendor: VendorName,
  before: Readonly<Record<string, unknown>>,
  given: readonly string[],
): Readonly<Record<string, unknown>> {
  const known = { ...COMMON_OPTIONS, ...ownOptions(vendor) };
  const options = { ...before };
  for (const one of given) {
    const [, key = "", value = ""] = /^([^=]*)=(.*)$/s.exec(one) ?? [];
    // The value is not shown, because it may be a secret.
    if (key === "") throw usage("--option must be key=value.", "For example: --option idleTimeout=15m");
    const option = Object.hasOwn(known, key) ? known[key] : undefined;
    if (option === undefined) throw cannotKeep(vendor, key, Object.keys(known));
    if (value === "") delete options[key];
    else options[key] = readOptionValue(option, key, value);
  }
  return options;
}

function cannotKeep(vendor: VendorName, key: string, known: readonly string[]): CliError {
  const instead = insteadOf(vendor, key);
  if (instead !== undefined) return usage(`--option cannot set ${key}.`, instead);
  return usage(
    `--option: ${vendors[vendor].title} has no option "${key.slice(0, 40)}".`,
    suggestion(key, known).replaceAll("`", '"'),
  );
}

/** How to set an option of a session that a profile does not keep as such. */
function insteadOf(vendor: VendorName, key: string): string | undefined {
  if (key === "baseUrl") return "Use --url.";
  if (key === "allowInsecureHttp") return "Use --allow-http.";
  const { options, secrets } = vendors[vendor];
  if (!Object.hasOwn(options, key)) return undefined;
  if (key === "account") return "Use --account <id>.";
  return Object.hasOwn(secrets, key) ? `It is a secret: set ${secrets[key]}.` : "Only a program can set it.";
}
