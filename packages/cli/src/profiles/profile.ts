import { type VendorName, vendors } from "./vendors.ts";

/** A profile in the configuration file. Contains no secret. */
export interface Profile {
  readonly vendor: VendorName;
  readonly username: string;
  /** Absent if the vendor has one URL for all customers. */
  readonly url?: string;
  /** The vendor's own options as its package names them, for example `{ "transport": "query" }`. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The path of a PEM file with the certificates of a private CA. */
  readonly ca?: string;
  /** Where `--save-credentials` saved the password; absent if it is not saved. */
  readonly saved?: "keyring" | "file";
  /** The profile signs in to the servers of `vms simulator`. */
  readonly simulator?: true;
}

/** Whether the profile signs in without a password. */
export function isPasswordless({ vendor, options = {} }: Profile): boolean {
  return vendors[vendor].passwordOptional?.(options) ?? false;
}

/**
 * The command that signs in a profile, with the options that it needs.
 * @param saved the profile of that name in the configuration, `{}` if there is none. Its values need no options.
 */
export function loginCommand(name: string, profile: Profile, saved: Partial<Profile> = profile): string {
  const { vendor, username, url, options, simulator } = profile;
  const account = options?.account;
  const given = [
    ...(simulator ? ["--simulator"] : []),
    ...(name === vendor ? [] : ["--profile", name]),
    ...(simulator || url === undefined || url === saved.url ? [] : ["--url", url]),
    ...(username === saved.username ? [] : ["--username", username]),
    ...(typeof account !== "string" || account === saved.options?.account ? [] : ["--account", account]),
    ...(options?.allowInsecureHttp !== true || saved.options?.allowInsecureHttp === true ? [] : ["--allow-http"]),
  ];
  return ["vms", "login", vendor, ...given].map(quoted).join(" ");
}

/** A word as a shell reads it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
