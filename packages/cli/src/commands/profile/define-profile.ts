import type { Command } from "commander";
import { helpText } from "../../command-line/help-text.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { ListOptions } from "./list-profiles.ts";
import type { RemoveOptions } from "./remove-profile.ts";
import type { UseOptions } from "./use-profile.ts";

const HELP = `
A profile describes an account: vendor, URL, user name and options, but no secret. vms login creates profiles.

Without a profile, a command uses the one in VMS_PROFILE, then the default of vms profile use, then the only profile.
vms login and vms import do not, because they create profiles. vms status shows all profiles.

Examples:
  vms profile list
  vms profile use night-shift
  vms profile rename alta acme
  vms profile remove acme
`;

export function defineProfile(program: Command, terminal: Terminal): void {
  const profile = program
    .command("profile")
    .description("List, rename and remove profiles, and choose the default.")
    .helpCommand(false)
    .addHelpText("after", () => helpText(terminal, "profile", HELP));

  profile
    .command("list")
    .description("List the profiles, and mark the default.")
    .option("--json", "print JSON")
    .addHelpText("after", () => helpText(terminal, "profile list", LIST_HELP))
    .action(async (options: ListOptions) => {
      const { listProfiles } = await import("./list-profiles.ts");
      await listProfiles(options, terminal);
    });

  profile
    .command("use")
    .description("Choose the default profile.")
    .argument("[profile]", "the profile")
    .option("--none", "remove the default: commands use the only profile, or need a name")
    .addHelpText("after", () => helpText(terminal, "profile use", USE_HELP))
    .action(async (name: string | undefined, options: UseOptions) => {
      const { useProfile } = await import("./use-profile.ts");
      await useProfile(name, options, terminal);
    });

  profile
    .command("rename")
    .description("Rename a profile. Its session and its saved password are kept.")
    .argument("<profile>", "the current name")
    .argument("<name>", "the new name")
    .addHelpText("after", () => helpText(terminal, "profile rename", RENAME_HELP))
    .action(async (from: string, to: string) => {
      const { renameProfile } = await import("./rename-profile.ts");
      await renameProfile(from, to, terminal);
    });

  profile
    .command("remove")
    .description("Sign out, and remove the profile and its saved password.")
    .argument("<profile>", "the profile")
    .option("-y, --yes", "do not ask")
    .option("--json", "print JSON")
    .addHelpText("after", () => helpText(terminal, "profile remove", REMOVE_HELP))
    .action(async (name: string, options: RemoveOptions) => {
      const { removeProfile } = await import("./remove-profile.ts");
      await removeProfile(name, options, terminal);
    });
}

const LIST_HELP = `
A star marks the default profile: the one in VMS_PROFILE, then the one of vms profile use, then the only profile.

--json prints a list of objects: profile, vendor, account, subaccount, host, default.

Examples:
  vms profile list
  vms profile list --json | jq -r '.[] | select(.default) | .profile'
`;

const USE_HELP = `
VMS_PROFILE overrides the default, and a name on the command line overrides both.

Exit status: 0 success; 2 no such profile.

Examples:
  vms profile use night-shift
  vms profile use --none
`;

const RENAME_HELP = `
The session and a saved password belong to the account, so the renamed profile still has them.

Exit status: 0 success; 2 no such profile, or the new name is taken or not allowed.

Example:
  vms profile rename alta acme
`;

const REMOVE_HELP = `
vms profile remove does the same as vms logout --forget. At a terminal, it asks first.

--json prints the same as vms logout --json.

Exit status: the same as vms logout.

Examples:
  vms profile remove acme
  vms profile remove acme --yes
`;
