import type { Command } from "commander";
import type { Terminal } from "../command-line/terminal.ts";

/** The options of `vms switch`. */
export interface SwitchOptions {
  readonly profile?: string;
  readonly passwordStdin?: true;
  readonly json?: true;
}

const HELP = `
A user of Eagle Eye Networks may work on several accounts, as a reseller does. Each gets a profile and a session of its
own, beside the one that it is made of: vms switch eagleeye 00004206 makes the profile eagleeye-00004206, or takes up
its live session. Nothing is switched under the feet of who uses the other profile. The ids are told by

  vms api <profile> g/account/list

A password that is saved is used for both, as is the environment's; else it is asked for. The vendor may want a code of
the second factor again.

--json prints what vms status --json tells, of this profile alone, and newSession: whether it signed in just now.

Exit status: 0 signed in; 2 the vendor has no accounts to switch between, or no such profile; 3 the vendor refused the
account, the credentials or the code; 5 the vendor cannot be reached; 130 Ctrl-C.

Examples:
  vms switch eagleeye 00004206
  vms switch eagleeye 00004206 --profile harbour
`;

export function defineSwitch(program: Command, terminal: Terminal): void {
  program
    .command("switch")
    .description("Work on another account of the same user (Eagle Eye Networks), under a profile of its own.")
    .argument("<profile>", "the profile of the user")
    .argument("<account>", "the id of the account")
    .option("-p, --profile <name>", "the name of the account's profile (default: <profile>-<account>)")
    .option("--password-stdin", "read the password from standard input")
    .option("--json", "print JSON")
    .addHelpText("after", HELP)
    .action(async (profile: string, account: string, options: SwitchOptions) => {
      const { switchAccount } = await import("./switch/switch.ts");
      await switchAccount(profile, account, options, terminal);
    });
}
