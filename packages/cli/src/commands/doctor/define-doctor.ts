import type { Command } from "commander";
import type { Terminal } from "../../command-line/terminal.ts";
import type { DoctorOptions } from "./run-doctor.ts";

const HELP = `
It goes the way of a call, one step after the other: the name (DNS), the connection (TCP), the certificate (TLS), the
vendor's clock, signing in, a first call. Each step says how long it took, and what to do where it fails. It stops where
going on makes no sense. A stored session is taken up; where there is none, it signs in if a password is known, in
VMS_<VENDOR>_PASSWORD or saved, and asks nobody.

Exit status: 0 all is well; 1 the clock differs; 2 no such profile, or its options are wrong; 3 signing in is needed or
was refused; 4 the first call was answered 400 to 499; 5 the vendor cannot be reached, is not who it says, or answers
500 or above; 6 an answer that the vendor does not document; 130 Ctrl-C.

Examples:
  vms doctor alta
  vms doctor alta --json | jq '.steps[] | select(.state != "ok")'
`;

export function defineDoctor(program: Command, terminal: Terminal): void {
  program
    .command("doctor")
    .description("Find out why a profile does not work.")
    .argument("<profile>", "the profile, as vms login named it")
    .option("--json", "print JSON instead of a table")
    .addHelpText("after", HELP)
    .action(async (profile: string, options: DoctorOptions) => {
      const { runDoctor } = await import("./run-doctor.ts");
      await runDoctor(profile, options, terminal);
    });
}
