import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";
import { changeConfig } from "../../profiles/config.ts";
import { findProfile, requireProfile } from "../../profiles/find-profile.ts";
import { checkProfileName } from "../../profiles/profile-name.ts";

/** Renames a profile. Sessions and saved passwords belong to accounts, so they are found under the new name too. */
export async function renameProfile(from: string, to: string, terminal: Terminal): Promise<void> {
  const { system } = terminal;
  checkProfileName(to);
  await changeConfig(system, (config) => {
    requireProfile(config, from);
    if (findProfile(config, to) !== undefined) {
      throw usage(`there is already a profile "${to}".`, "Choose another name.");
    }
    // The profile keeps its position.
    const profiles = Object.entries(config.profiles).map(([name, one]) => [name === from ? to : name, one] as const);
    return {
      ...config,
      profiles: Object.fromEntries(profiles),
      ...(config.default === from ? { default: to } : {}),
    };
  });
  terminal.say(`The profile "${from}" is now "${to}".`);
  if (system.env.VMS_PROFILE === from) terminal.say(terminal.style("yellow", `VMS_PROFILE still names "${from}".`));
}
