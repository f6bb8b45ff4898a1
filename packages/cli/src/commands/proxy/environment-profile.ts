import { hasControlCharacters } from "../../command-line/escape-controls.ts";
import { usage } from "../../errors/cli-error.ts";
import { urlProblem } from "../../login/url-problem.ts";
import { isPasswordless, type Profile } from "../../profiles/profile.ts";
import type { NamedProfile } from "../../profiles/resolve-profile.ts";
import { urlExample, withScheme } from "../../profiles/urls.ts";
import { applyVendorOptions } from "../../profiles/vendor-options.ts";
import { isVendor, vendorNames, vendors } from "../../profiles/vendors.ts";
import { passwordVariable } from "../../secrets/environment-secrets.ts";
import type { System } from "../../system/system.ts";

/** What the command line adds to the environment. */
export interface EnvironmentOptions {
  readonly option?: readonly string[];
  readonly allowHttp?: true;
}

/**
 * The account that the environment describes, for a container without profiles. It has the name of its vendor.
 * @throws {CliError} if variables are missing or wrong. It names all that are missing.
 */
export function environmentProfile(
  system: System,
  vendor: string,
  { option = [], allowHttp }: EnvironmentOptions,
): NamedProfile {
  if (!isVendor(vendor)) throw usage(`there is no vendor "${vendor}".`, `Vendors: ${vendorNames.join(", ")}.`);
  const { title, prefix } = vendors[vendor];
  const { [`${prefix}_URL`]: url, [`${prefix}_USERNAME`]: username } = system.env;
  const options = { ...applyVendorOptions(vendor, {}, option), ...(allowHttp ? { allowInsecureHttp: true } : {}) };
  const profile: Profile = {
    vendor,
    username: username ?? "",
    ...(url ? { url: withScheme(url) } : {}),
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
  const hasPassword = isPasswordless(profile) || passwordVariable(system, profile) !== undefined;
  const missing = [
    ...(url || urlExample(vendor) === undefined ? [] : [`${prefix}_URL`]),
    ...(username ? [] : [`${prefix}_USERNAME`]),
    ...(hasPassword ? [] : [`${prefix}_PASSWORD_FILE (or ${prefix}_PASSWORD)`]),
  ];
  if (missing.length > 0) {
    throw usage(`--vendor ${vendor} reads the account of ${title} from the environment.`, `Set ${missing.join(", ")}.`);
  }
  const problem = url ? urlProblem(url) : undefined;
  if (problem !== undefined) throw usage(`${prefix}_URL: ${problem}`);
  for (const [name, value] of [["URL", url] as const, ["USERNAME", username] as const]) {
    if (value && hasControlCharacters(value)) throw usage(`${prefix}_${name} contains control characters.`);
  }
  return { name: vendor, profile };
}
