import { closestMatch } from "leven";
import { usage } from "../errors/cli-error.ts";
import { accountVendors, accountVendorTitles } from "../profiles/account.ts";
import { findProfile } from "../profiles/find-profile.ts";
import { checkProfileName } from "../profiles/profile-name.ts";
import { isVendor, type VendorName, vendorNames, vendors } from "../profiles/vendors.ts";
import { choose } from "../prompts/questions.ts";
import type { LoginContext } from "./login-context.ts";
import type { ProfileOptions } from "./profile-options.ts";

/** The vendor to sign in to, and the name of the profile. */
export interface LoginTarget {
  readonly vendor: VendorName;
  readonly name: string;
}

/** Determines the vendor and the profile name from the first argument, which is a vendor or a profile. */
export async function resolveTarget(
  word: string | undefined,
  options: ProfileOptions,
  context: LoginContext,
): Promise<LoginTarget> {
  const { profile, account } = options;
  if (profile !== undefined) checkProfileName(profile);
  const existing = word === undefined ? undefined : findProfile(context.config, word);
  // A profile's name is exact. Only a vendor's may be in capitals.
  if (word !== undefined && !isVendor(word) && existing !== undefined)
    return { vendor: existing.vendor, name: profile ?? word };
  const vendor = word === undefined ? await askVendor(context) : vendorCalled(word, context);
  if (account !== undefined && !accountVendors.includes(vendor)) {
    throw usage(`--account is for ${accountVendorTitles}: ${vendors[vendor].title} has no accounts to choose from.`);
  }
  const byDefault = account === undefined ? vendor : `${vendor}-${account}`;
  if (profile === undefined) checkProfileName(byDefault);
  return { vendor, name: profile ?? byDefault };
}

function vendorCalled(word: string, { config }: LoginContext): VendorName {
  const lower = word.toLowerCase();
  if (isVendor(lower)) return lower;
  const profiles = Object.keys(config.profiles);
  const closest = closestMatch(word, [...vendorNames, ...profiles], { maxDistance: 2 });
  const question = closest === undefined ? "" : ` Did you mean ${closest}?`;
  const signedIn = profiles.length === 0 ? "" : ` Profiles: ${profiles.join(", ")}.`;
  throw usage(`there is no vendor or profile "${word}".${question}`, `Vendors: ${vendorNames.join(", ")}.${signedIn}`);
}

async function askVendor({ terminal, signal }: LoginContext): Promise<VendorName> {
  const choices = vendorNames.map((value) => ({ name: `${value.padEnd(12)} ${vendors[value].title}`, value }));
  if (terminal.interactive) return choose(terminal.system, "Where do you want to sign in?", choices, signal);
  throw usage("name the vendor to sign in to.", `Vendors: ${vendorNames.join(", ")}. For example: vms login alta`);
}
