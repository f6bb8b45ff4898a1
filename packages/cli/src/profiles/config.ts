import { usage } from "../errors/cli-error.ts";
import { withConfigurationLock } from "../files/configuration-lock.ts";
import { readPrivate, writePrivate } from "../files/private-file.ts";
import type { System } from "../system/system.ts";
import { checkProfile, isObject } from "./check-profile.ts";
import type { Profile } from "./profile.ts";

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
  if (!isObject(profiles)) {
    throw usage(`${path} has no "profiles", which must be an object.`, "Fix it, or remove it and sign in again.");
  }
  for (const [name, profile] of Object.entries(profiles)) checkProfile(path, name, profile);
  if (key !== undefined && key !== "keyring" && key !== "file") {
    throw usage(`${path}: "key" must be "keyring" or "file".`, "Fix it: it says where the key of your sessions is.");
  }
  if (byDefault !== undefined && typeof byDefault !== "string") {
    throw usage(`${path}: "default" is not the name of a profile.`, "Fix it, or remove it.");
  }
  return {
    ...rest,
    profiles: profiles as Config["profiles"],
    ...(key === undefined ? {} : { key }),
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
