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

/** The name of a profile that was chosen as the default, and where. */
export interface DefaultProfile {
  readonly name: string;
  readonly from: "VMS_PROFILE" | "vms profile use" | "only profile";
}

/**
 * The profile with the given name. Default: the profile that `VMS_PROFILE` names, else the one of `vms profile use`, else
 * the only profile.
 * @throws {CliError} if there is no such profile, or no default.
 */
export function resolveProfile(system: System, config: Config, given: string | undefined): NamedProfile {
  if (given !== undefined) return { name: given, profile: requireProfile(config, given) };
  const chosen = defaultProfile(system, config);
  if (chosen !== undefined) return chosenProfile(config, chosen);
  const names = Object.keys(config.profiles);
  if (names.length === 0) throw usage("there is no profile yet.", "Sign in first: vms login <vendor>");
  throw usage(
    "there is more than one profile: choose one.",
    `Profiles: ${names.join(", ")}. Or choose a default: vms profile use <name>, or VMS_PROFILE.`,
  );
}

/** The profile that commands use if none is given. It may not exist. */
export function defaultProfile({ env }: System, config: Config): DefaultProfile | undefined {
  if (env.VMS_PROFILE) return { name: env.VMS_PROFILE, from: "VMS_PROFILE" };
  if (config.default !== undefined) return { name: config.default, from: "vms profile use" };
  const [only, ...more] = Object.keys(config.profiles);
  return only === undefined || more.length > 0 ? undefined : { name: only, from: "only profile" };
}

/** Does not fall back to the only profile, because a command must not act on another account than the chosen one. */
function chosenProfile(config: Config, { name, from }: DefaultProfile): NamedProfile {
  const profile = findProfile(config, name);
  if (profile !== undefined) return { name, profile };
  const names = Object.keys(config.profiles);
  const correct =
    from === "VMS_PROFILE"
      ? "Correct VMS_PROFILE, or unset it."
      : "Choose another: vms profile use <name>, or none: vms profile use --none.";
  throw usage(
    `${from === "VMS_PROFILE" ? "VMS_PROFILE" : "the configuration"} names the profile "${escapeAllControls(name)}", which does not exist.`,
    names.length === 0 ? "Sign in first: vms login <vendor>" : `${correct} Profiles: ${names.join(", ")}.`,
  );
}
