import type { Command } from "commander";
import { helpText } from "../../command-line/help-text.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { StatusOptions } from "./status-options.ts";

const HELP = `
vms shows what is stored on this machine and sends nothing. With --check, it also makes a harmless call to each vendor,
which counts as a use of the session.

  signed in       the session can be used, unless the vendor has ended it
  expired         if vms knows the password, the next call renews it
  not signed in   no session is stored
  refused         (--check) the vendor no longer accepts the session
  unknown         (--check) it is unclear whether the vendor accepts the session
  key missing     a session is stored, but its key is missing
  unreadable      a session is stored, but cannot be decrypted or read
  wrong options   the profile has invalid options

Exit status: 0 all are signed in; 2 no such profile; 3 one is not signed in, or
there is no profile; 5 (--check) one is unknown, others signed in;
130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms status
  vms status alta --check || vms login alta
  vms status --json | jq -r '.[] | select(.signedIn | not) | .profile'
`;

export function defineStatus(program: Command, terminal: Terminal): void {
  program
    .command("status")
    .description("Show which profiles are signed in, and until when.")
    .argument("[profile]", "only this profile (default: all)")
    .option("--check", "ask the vendors whether the sessions are valid")
    .option("--json", "print JSON")
    .addHelpText("after", () => helpText(terminal, "status", HELP))
    .action(async (profile: string | undefined, options: StatusOptions) => {
      const { runStatus } = await import("./run-status.ts");
      await runStatus(profile, options, terminal);
    });
}
