import { usage } from "../errors/cli-error.ts";
import type { System } from "../system/system.ts";
import { readConfig } from "./config.ts";
import { findProfile } from "./find-profile.ts";

/** What `[profile] <argument>` on a command line means. */
export interface ProfileAndArgument {
  /** `undefined` for the default profile. */
  readonly given: string | undefined;
  readonly argument: string;
}

/**
 * Reads `[profile] <argument>`. A single word is the argument.
 * @param command the command and the name of its argument, for the error.
 * @throws {CliError} if the single word names a profile. The user has probably forgotten the argument.
 */
export async function profileAndArgument(
  system: System,
  first: string,
  second: string | undefined,
  command: readonly [name: string, argument: string],
): Promise<ProfileAndArgument> {
  if (second !== undefined) return { given: first, argument: second };
  if (findProfile(await readConfig(system), first) === undefined) return { given: undefined, argument: first };
  const [name, argument] = command;
  throw usage(`"${first}" is a profile, and the ${argument} is missing.`, `Write: vms ${name} ${first} <${argument}>`);
}
