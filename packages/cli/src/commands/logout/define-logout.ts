import type { Command } from "commander";
import { helpText } from "../../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { vendorNames, vendors } from "../../profiles/vendors.ts";
import type { LogoutOptions } from "./run-logout.ts";

const withoutSignOut = vendorNames.filter((name) => !vendors[name].signsOut);

const HELP = `
vms ends the session at the vendor, and removes it and a saved password from this machine. The profile stays, so that
you can sign in again. Profiles of the same account share a session. If vms signs out other profiles too, it names them,
and at a terminal it asks first. It also asks if you name no profile and have several.

If the vendor cannot be reached, vms still removes everything here, and then fails with a warning. These vendors have no
sign-out, so a session stays valid there until it expires: ${withoutSignOut.join(", ")}.

--json prints a list of objects: profile, vendor, account, wasSignedIn, forgotten (here), endedAtVendor, livesUntil,
alsoEnds, passwordRemoved, profileRemoved, problem. If the vendor has not ended the session, livesUntil is when it
expires (ISO 8601), otherwise null. alsoEnds lists the other profiles of the session.

Exit status: 0 signed out, or was not signed in; 1 something could not be removed, or you answered no; 2 no such
profile, or the key of the sessions must be fixed first, and nothing was done; 5 the vendor could not be reached; 6 the
vendor's response is not documented; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms logout alta
  vms logout night-shift --forget
  vms logout --all
  vms logout --all --json | jq -r '.[] | select(.problem) | .profile'
`;

export function defineLogout(program: Command, terminal: Terminal): void {
  program
    .command("logout")
    .description("Sign out, and remove the session and the saved password.")
    .argument("[profile]", PROFILE_ARGUMENT)
    .option("--all", "sign out all profiles")
    .option("--forget", "remove the profile too")
    .option("-y, --yes", "do not ask")
    .option("--json", "print JSON")
    .addHelpText("after", () => helpText(terminal, "logout", HELP))
    .action(async (profile: string | undefined, options: LogoutOptions) => {
      const { runLogout } = await import("./run-logout.ts");
      await runLogout(profile, options, terminal);
    });
}
