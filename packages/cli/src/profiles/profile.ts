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
}

/** Whether the profile signs in without a password. */
export function isPasswordless({ vendor, options = {} }: Profile): boolean {
  return vendors[vendor].passwordOptional?.(options) ?? false;
}

/** The command that signs in a profile. */
export function loginCommand(name: string, { vendor }: Profile): string {
  return `vms login ${vendor}${name === vendor ? "" : ` --profile ${name}`}`;
}
