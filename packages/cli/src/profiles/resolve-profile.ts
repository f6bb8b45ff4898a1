import { escapeAllControls } from "../command-line/escape-controls.ts";
import { usage } from "../errors/cli-error.ts";
import type { System } from "../system/system.ts";
import type { Config } from "./config.ts";
import { findProfile, requireProfile } from "./find-profile.ts";
import type { Profile } from "./profile.ts";

/** A profile and its name. */
export interface NamedProfile {
  readonly name: string;
  readonly profile: Profile;
}

/**
 * The profile with the given name. Default: the profile that `VMS_PROFILE` names, else the only profile.
 * @throws {CliError} if there is no such profile, or no default.
 */
export function resolveProfile({ env }: System, config: Config, given: string | undefined): NamedProfile {
  if (given !== undefined) return { name: given, profile: requireProfile(config, given) };
  const chosen = env.VMS_PROFILE;
  if (chosen) return chosenProfile(config, chosen);
  const [only, ...more] = Object.entries(config.profiles);
  if (only === undefined) throw usage("there is no profile yet.", "Sign in first: vms login <vendor>");
  if (more.length === 0) return { name: only[0], profile: only[1] };
  throw usage(
    "there is more than one profile: choose one.",
    `Profiles: ${Object.keys(config.profiles).join(", ")}. Or set VMS_PROFILE.`,
  );
}

/** The only profile is no substitute: a command must not act on another account than the one that was chosen. */
function chosenProfile(config: Config, name: string): NamedProfile {
  const profile = findProfile(config, name);
  if (profile !== undefined) return { name, profile };
  const names = Object.keys(config.profiles);
  throw usage(
    `VMS_PROFILE names the profile "${escapeAllControls(name)}", which does not exist.`,
    names.length === 0
      ? "Sign in first: vms login <vendor>"
      : `Correct VMS_PROFILE, or unset it. Profiles: ${names.join(", ")}.`,
  );
}
