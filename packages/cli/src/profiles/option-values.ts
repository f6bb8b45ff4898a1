import { resolve } from "node:path";
import type { OptionDescription } from "@vms/core/flow";
import { usage } from "../errors/cli-error.ts";

/** An option whose value a profile can keep. */
export interface KeptOption {
  readonly type: Exclude<OptionDescription["type"], "secret" | "code"> | "duration";
  /** An example of a value. */
  readonly example?: string;
}

type Read = (value: string, name: string, example: string) => unknown;

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const READERS: Readonly<Record<KeptOption["type"], Read>> = {
  text: (value) => value,
  list: (value) => value.split(",").map((one) => one.trim()),
  // Resolved, because the profile is used from other directories.
  file: (value) => resolve(value),

  flag(value, name) {
    if (value === "true" || value === "false") return value === "true";
    throw usage(`--option ${name}: the value is neither true nor false.`, `For example: --option ${name}=true`);
  },

  json(value, name, example) {
    try {
      return JSON.parse(value);
    } catch {
      throw usage(`--option ${name}: the value is not JSON.`, `For example: --option ${name}='${example}'`);
    }
  },

  duration(value, name) {
    const [, amount, unit = "ms"] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(value) ?? [];
    if (amount !== undefined) return Number(amount) * (UNITS[unit] ?? 1);
    throw usage(`--option ${name}: the value is not a duration.`, "For example: 900000 (ms), 30s, 15m or 8h.");
  },
};

/**
 * Reads the value of an option from the command line. The vendor's package validates it.
 * @throws {CliError} if the value is not of the option's type.
 */
export function readOptionValue({ type, example = "" }: KeptOption, name: string, value: string): unknown {
  return READERS[type](value, name, example);
}

/** Whether a profile can keep an option of a vendor's package. */
export function isKeptOption(option: OptionDescription): option is KeptOption & OptionDescription {
  return Object.hasOwn(READERS, option.type);
}
