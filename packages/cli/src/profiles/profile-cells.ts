import type { Profile } from "./profile.ts";

/** The account of a profile, with the subaccount. */
export function fullAccount({ username, options }: Profile): string {
  return typeof options?.account === "string" ? `${username} (${options.account})` : username;
}

/** The name of a profile, with the vendor if the name does not say it. Narrower than a column of vendors. */
export function nameAndVendor(name: string, { vendor }: Profile): string {
  return name === vendor ? name : `${name} (${vendor})`;
}
