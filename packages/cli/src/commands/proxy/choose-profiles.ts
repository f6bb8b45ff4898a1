import { usage } from "../../errors/cli-error.ts";
import { readConfig } from "../../profiles/config.ts";
import { requireProfile } from "../../profiles/find-profile.ts";
import { type NamedProfile, resolveProfile } from "../../profiles/resolve-profile.ts";
import type { System } from "../../system/system.ts";
import { type EnvironmentOptions, environmentProfile } from "./environment-profile.ts";

/** What the command line says about the profiles to serve. */
export interface ProfileChoice extends EnvironmentOptions {
  readonly all?: true;
  readonly vendor?: string;
}

/** The profiles to serve. */
export interface ChosenProfiles {
  readonly profiles: readonly NamedProfile[];
  /** Whether each is served below its name. Otherwise the only one is served at `/`. */
  readonly below: "/" | "/<profile>/";
  /** Where the account comes from. */
  readonly from: "configuration" | "environment";
}

/**
 * Determines the profiles to serve.
 * @throws {CliError} if the options contradict each other, or a profile does not exist.
 */
export async function chooseProfiles(
  system: System,
  names: readonly string[],
  choice: ProfileChoice,
): Promise<ChosenProfiles> {
  const { all, vendor, option, allowHttp } = choice;
  if (vendor !== undefined) {
    if (all || names.length > 0) {
      throw usage("--vendor takes the account from the environment, not from a profile.", "Leave out the profiles.");
    }
    return { profiles: [environmentProfile(system, vendor, choice)], below: "/", from: "environment" };
  }
  if (option !== undefined || allowHttp) {
    const name = allowHttp ? "--allow-http" : "--option";
    throw usage(`${name} is for --vendor: a profile has its own.`, "To change a profile: vms login --help");
  }
  const config = await readConfig(system);
  if (!all && names.length < 2) {
    return { profiles: [resolveProfile(system, config, names[0])], below: "/", from: "configuration" };
  }
  if (all && names.length > 0) throw usage("--all serves every profile.", "Leave out the names, or --all.");
  const served = all ? Object.keys(config.profiles) : [...new Set(names)];
  if (served.length === 0) throw usage("there is no profile yet.", "Sign in first: vms login <vendor>");
  const profiles = served.map((name) => ({ name, profile: requireProfile(config, name) }));
  return { profiles, below: "/<profile>/", from: "configuration" };
}
