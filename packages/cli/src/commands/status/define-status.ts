import type { Command } from "commander";
import { helpText } from "../../command-line/help-text.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { StatusOptions } from "./run-status.ts";

const HELP = `
This command shows what is stored here, and sends nothing. If the vendor has ended a session early, it still appears as
signed in. --check makes a harmless call to each vendor, which counts as a use of the session.

  signed in       the session can be used
  ended           the session has expired; if vms knows the password, the next call renews it
  not signed in   no session is stored
  refused         (--check) the vendor does not accept the session any more
  unknown         (--check) the vendor's answer does not show whether it accepts the session
  key missing     a session is stored, but the key that decrypts it is missing
  unreadable      a session is stored, but with another key, or it is damaged
  wrong options   the profile has invalid options

--json prints a list of objects: profile, vendor, account, subaccount, host, url, state, signedIn, issuedAt, expiresAt,
idleEndsAt, usedAt, problem. Times are in ISO 8601. Unknown values are null.

Exit status: 0 all are signed in; 2 no such profile; 3 one is not signed in, or there is no profile; 5 (--check) one is
unknown, and all others are signed in; 130 Ctrl-C.

Examples:
  vms status
  vms status alta --check || vms login alta
  vms status --json | jq -r '.[] | select(.signedIn | not) | .profile'
`;

export function defineStatus(program: Command, terminal: Terminal): void {
  program
    .command("status")
    .description("Show which profiles are signed in, and until when.")
    .argument("[profile]", "only this profile (default: all, even if VMS_PROFILE is set)")
    .option("--check", "ask the vendors whether the sessions are valid")
    .option("--json", "print JSON")
    .addHelpText("after", () => helpText(terminal, "status", HELP))
    .action(async (profile: string | undefined, options: StatusOptions) => {
      const { runStatus } = await import("./run-status.ts");
      await runStatus(profile, options, terminal);
    });
}
