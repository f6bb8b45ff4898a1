import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";
import { changeConfig, readConfig } from "../../profiles/config.ts";
import { requireProfile } from "../../profiles/find-profile.ts";

/** The options of `vms profile use`. */
export interface UseOptions {
  readonly none?: true;
}

/** Chooses the default profile. */
export async function useProfile(name: string | undefined, { none }: UseOptions, terminal: Terminal): Promise<void> {
  const { system } = terminal;
  if (none && name !== undefined) throw usage("name a profile or use --none, not both.");
  if (!none && name === undefined) {
    const names = Object.keys((await readConfig(system)).profiles);
    throw usage(
      "name a profile, or use --none.",
      names.length === 0 ? "Sign in first: vms login <vendor>" : `Profiles: ${names.join(", ")}.`,
    );
  }
  await changeConfig(system, ({ default: _, ...config }) => {
    if (name === undefined) return config;
    requireProfile(config, name);
    return { ...config, default: name };
  });
  terminal.say(name === undefined ? "No default profile is set." : `The default profile is "${name}".`);
  if (system.env.VMS_PROFILE) terminal.say(terminal.style("yellow", "VMS_PROFILE is set and overrides this default."));
}
