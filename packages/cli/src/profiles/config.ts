import { escapeAllControls, hasControlCharacters } from "../command-line/escape-controls.ts";
import { usage } from "../errors/cli-error.ts";
import { withConfigurationLock } from "../files/configuration-lock.ts";
import { readPrivate, writePrivate } from "../files/private-file.ts";
import type { System } from "../system/system.ts";
import type { Profile } from "./profile.ts";
import { isVendor } from "./vendors.ts";

/** The configuration file. Properties of newer versions are preserved. */
export interface Config {
  readonly profiles: Readonly<Record<string, Profile>>;
  /** Where the key of the stored sessions is, once it exists. */
  readonly key?: "keyring" | "file";
  /** The name of the profile that commands use if none is given. */
  readonly default?: string;
}

/** Reads the configuration file. A missing file has no profiles. */
export async function readConfig({ places }: System): Promise<Config> {
  const path = places.config;
  const text = await readPrivate(path, "public");
  if (text === undefined) return { profiles: {} };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw usage(`${path} is not JSON.`, "Fix it, or remove it and sign in again.");
  }
  const { profiles, key, default: byDefault, ...rest } = (value ?? {}) as Partial<Record<keyof Config, unknown>>;
  if (!isObject(profiles)) throw usage(`${path} has no "profiles".`, "Fix it, or remove it and sign in again.");
  for (const [name, profile] of Object.entries(profiles)) checkProfile(path, name, profile);
  if (byDefault !== undefined && typeof byDefault !== "string") {
    throw usage(`${path}: "default" is not the name of a profile.`, "Fix it, or remove it.");
  }
  return {
    ...rest,
    profiles: profiles as Config["profiles"],
    ...(key === "keyring" || key === "file" ? { key } : {}),
    ...(byDefault === undefined ? {} : { default: byDefault }),
  };
}

/** Changes the configuration file. `change` receives the current content, including changes by other processes. */
export async function changeConfig(system: System, change: (config: Config) => Config): Promise<void> {
  await withConfigurationLock(system, () => changeConfigLocked(system, change));
}

/** Like `changeConfig`, for callers that already hold the configuration lock. */
export async function changeConfigLocked(system: System, change: (config: Config) => Config): Promise<void> {
  await writePrivate(system.places.config, `${JSON.stringify(change(await readConfig(system)), undefined, 2)}\n`);
}

function checkProfile(path: string, name: string, value: unknown): void {
  const { vendor, username, url, options, ca, saved } = (value ?? {}) as Partial<Record<keyof Profile, unknown>>;
  const account = isObject(options) && "account" in options ? options.account : undefined;
  const right =
    !hasControlCharacters(name) &&
    !(typeof account === "string" && hasControlCharacters(account)) &&
    isVendor(vendor) &&
    typeof username === "string" &&
    username !== "" &&
    !hasControlCharacters(username) &&
    (url === undefined || (typeof url === "string" && !hasControlCharacters(url) && URL.canParse(url))) &&
    (ca === undefined || typeof ca === "string") &&
    (saved === undefined || saved === "keyring" || saved === "file") &&
    (options === undefined || isObject(options));
  if (!right)
    throw usage(
      `${path}: the profile "${escapeAllControls(name)}" is malformed.`,
      "Fix it, or remove it and sign in again.",
    );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
