import type { Profile } from "./profile.ts";
import { isSameUrl, profileHost } from "./urls.ts";
import { type VendorName, vendorNames, vendors } from "./vendors.ts";

/** The vendors whose users can work on several accounts. */
export const accountVendors: readonly VendorName[] = vendorNames.filter((name) => vendors[name].options.account);

/** The titles of these vendors. */
export const accountVendorTitles: string = accountVendors.map((name) => vendors[name].title).join(" and ");

/** The command that lists the ids of a user's accounts, if the vendor has such a call. */
export function accountListCommand(vendor: VendorName, profile: string): string | undefined {
  const path = vendors[vendor].options.account?.listedAt;
  return path === undefined ? undefined : `vms api ${profile} ${path}`;
}

/** Whether two profiles are of different accounts. */
export function isDifferentAccount(one: Profile, other: Profile): boolean {
  return (
    one.vendor !== other.vendor ||
    one.username !== other.username ||
    !isSameUrl(one.url, other.url) ||
    one.options?.account !== other.options?.account
  );
}

/** Names an account for people. */
export function describeAccount(profile: Profile): string {
  const account = profile.options?.account;
  const part = typeof account === "string" ? `, account ${account},` : "";
  return `${profile.username}${part} at ${profileHost(profile)}`;
}
