import type { Command } from "commander";
import type { Terminal } from "../../command-line/terminal.ts";
import type { StatusOptions } from "./run-status.ts";

const HELP = `
Nothing is sent, and nobody is signed in: it is told what is stored here. The vendor may have ended a session since, so
that it is told as good; --check asks each vendor, by a harmless call that counts as a use of the session.

  signed in       calls can be made
  ended           its time is over; it is renewed by the next call where a password is known
  not signed in   there is no session
  refused         (--check) the vendor does not take it any more
  unknown         (--check) the vendor did not say
  key missing     there is a session, and the key that opens it is not to be had
  unreadable      there is a session under another key, or it is damaged
  wrong options   the profile cannot be used as it is

--json prints a list of objects: profile, vendor, account, subaccount, host, url, state, signedIn, issuedAt, expiresAt,
idleEndsAt, usedAt (ISO 8601, or null where it is not known), problem.

Exit status: 0 all are signed in; 3 one is not, or there is no profile; 2 no such profile; 5 (--check) a vendor did not
say, and all others are signed in; 130 Ctrl-C.

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
    .option("--check", "ask the vendors whether the sessions are good")
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action(async (profile: string | undefined, options: StatusOptions) => {
      const { runStatus } = await import("./run-status.ts");
      await runStatus(profile, options, terminal);
    });
}
