import type { VendorName } from "./vendors.ts";

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

/** Whether the profile signs in by a face alone. */
export function isPasswordless({ vendor, options = {} }: Profile): boolean {
  return vendor === "findface" && options.face !== undefined && options.mode !== "face_and_password";
}

/** The command line that signs a profile in. */
export function loginCommand(name: string, { vendor }: Profile): string {
  return `vms login ${vendor}${name === vendor ? "" : ` --profile ${name}`}`;
}
