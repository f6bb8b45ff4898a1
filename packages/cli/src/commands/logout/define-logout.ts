import type { Command } from "commander";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { LogoutOptions } from "./run-logout.ts";

const HELP = `
Ends the session at the vendor, and removes it here, together with a saved password. The profile stays, as it holds no
secret: vms login signs it in again. With --forget it is removed, too.

Where the vendor cannot be told, everything is removed here all the same; a warning says so, as does the exit status.
AlertSite and AiPix VMS have no sign-out: their session lives on, unknown to anybody, until its end.

Without a profile, it signs out the one that VMS_PROFILE names, else the only one. If VMS_PROFILE names none, nothing is
signed out.

--json prints a list of objects: profile, vendor, account, wasSignedIn, forgotten (here), endedAtVendor, livesUntil (at
the vendor, where it was not ended; ISO 8601, or null where that is not known), passwordRemoved, profileRemoved,
problem.

Exit status: 0 signed out, or was not signed in; 2 no such profile, or the key of the
sessions can be mended, and nothing was done; 5 the vendor could not be told; 6 it answered what
it does not document; 1 something could not be removed; 130 Ctrl-C.

Examples:
  vms logout alta
  vms logout night-shift --forget
  vms logout --all
  vms logout --all --json | jq -r '.[] | select(.problem) | .profile'
`;

export function defineLogout(program: Command, terminal: Terminal): void {
  program
    .command("logout")
    .description("Sign out, and forget the session and the saved password.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .option("--all", "sign out all profiles")
    .option("--forget", "remove the profile, too")
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action(async (profile: string | undefined, options: LogoutOptions) => {
      const { runLogout } = await import("./run-logout.ts");
      await runLogout(profile, options, terminal);
    });
}
