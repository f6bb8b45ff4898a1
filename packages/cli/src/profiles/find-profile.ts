import { usage } from "../errors/cli-error.ts";
import type { Config } from "./config.ts";
import type { Profile } from "./profile.ts";

/**
 * The profile with a name.
 * @throws {CliError} if it does not exist.
 */
export function requireProfile(config: Config, name: string): Profile {
  const profile = findProfile(config, name);
  if (profile !== undefined) return profile;
  const known = Object.keys(config.profiles);
  throw usage(
    `there is no profile "${name}".`,
    known.length === 0
      ? "Sign in first: vms login <vendor>"
      : `Profiles: ${known.join(", ")}. To add one: vms login <vendor>`,
  );
}

/** The profile with a name, if it exists. */
export function findProfile(config: Config, name: string): Profile | undefined {
  return Object.hasOwn(config.profiles, name) ? config.profiles[name] : undefined;
}
