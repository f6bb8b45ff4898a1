import { hasControls, visible } from "../command-line/escape-controls.ts";
import { usage } from "../errors/cli-error.ts";
import { exclusively } from "../files/configuration-lock.ts";
import { places } from "../files/places.ts";
import { readPrivate, writePrivate } from "../files/private-file.ts";
import { isVendor, type VendorName } from "./vendors.ts";

/** What is kept of a profile. No secret is in it. */
export interface Profile {
  readonly vendor: VendorName;
  readonly username: string;
  /** Absent where the vendor has one address for all. */
  readonly url?: string;
  /** The vendor's own options, as its package names them, for example `{ "realm": "eagleeyenetworks" }`. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** A file with the certificates to trust, PEM, for a private CA. */
  readonly ca?: string;
  /** Where `--save-credentials` put the password; absent where it is not kept. */
  readonly saved?: "keyring" | "file";
}

/** The configuration file. What a newer version put beside this stays in it. */
export interface Config {
  readonly profiles: Readonly<Record<string, Profile>>;
  /** Where the key of the stored sessions is, once there is one. */
  readonly key?: "keyring" | "file";
}

/** Reads the configuration file; an absent one holds nothing. */
export async function readConfig(): Promise<Config> {
  const path = places().config;
  const text = await readPrivate(path, "public");
  if (text === undefined) return { profiles: {} };
  let value: unknown;
  try {
    // Some editors begin a file with a byte-order mark.
    value = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    throw usage(`${path} is not JSON.`, "Mend it, or remove it and sign in again.");
  }
  const { profiles, key, ...rest } = (value ?? {}) as Partial<Record<keyof Config, unknown>>;
  if (!isObject(profiles)) throw usage(`${path} has no "profiles".`, "Mend it, or remove it and sign in again.");
  for (const [name, profile] of Object.entries(profiles)) checkProfile(path, name, profile);
  return {
    ...rest,
    profiles: profiles as Config["profiles"],
    ...(key === "keyring" || key === "file" ? { key } : {}),
  };
}

/** Changes the configuration file. `change` gets it as it is now, whatever other processes did since it was last read. */
export async function changeConfig(change: (config: Config) => Config): Promise<void> {
  await exclusively(() => changeConfigAlone(change));
}

/** The same for who runs `exclusively` already. */
export async function changeConfigAlone(change: (config: Config) => Config): Promise<void> {
  await writePrivate(places().config, `${JSON.stringify(change(await readConfig()), undefined, 2)}\n`);
}

function checkProfile(path: string, name: string, value: unknown): void {
  const { vendor, username, url, options, ca, saved } = (value ?? {}) as Partial<Record<keyof Profile, unknown>>;
  const account = isObject(options) && "account" in options ? options.account : undefined;
  const right =
    !hasControls(name) &&
    !(typeof account === "string" && hasControls(account)) &&
    isVendor(vendor) &&
    typeof username === "string" &&
    username !== "" &&
    !hasControls(username) &&
    (url === undefined || (typeof url === "string" && !hasControls(url) && URL.canParse(url))) &&
    (ca === undefined || typeof ca === "string") &&
    (saved === undefined || saved === "keyring" || saved === "file") &&
    (options === undefined || isObject(options));
  if (!right)
    throw usage(`${path}: the profile "${visible(name)}" is malformed.`, "Mend it, or remove it and sign in again.");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A profile by its name. */
export function profileOf(config: Config, name: string): Profile {
  const profile = findProfile(config, name);
  if (profile !== undefined) return profile;
  const known = Object.keys(config.profiles);
  throw usage(
    `there is no profile "${name}".`,
    known.length === 0
      ? "Sign in first: vms login <vendor>"
      : `There are: ${known.join(", ")}. Or sign in: vms login <vendor>`,
  );
}

/** A profile by its name, where there is one. */
export function findProfile(config: Config, name: string): Profile | undefined {
  return Object.hasOwn(config.profiles, name) ? config.profiles[name] : undefined;
}

/** The name of the profile that is meant: the one that was named, or else the only one. */
export function nameOrOnly(config: Config, name: string | undefined): string {
  if (name !== undefined) {
    profileOf(config, name);
    return name;
  }
  const [only, ...more] = Object.keys(config.profiles);
  if (only !== undefined && more.length === 0) return only;
  if (only === undefined) throw usage("there is no profile yet.", "Sign in first: vms login <vendor>");
  throw usage(
    "there is more than one profile: name the one that you mean.",
    `There are: ${[only, ...more].join(", ")}.`,
  );
}
