import type { Command } from "commander";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { DoctorOptions } from "./run-doctor.ts";

const HELP = `
It goes the way of a call, one step after the other: the name (DNS), the connection (TCP), the certificate (TLS), the
vendor's clock, signing in, a first call. Each step says how long it took, and what to do where it fails. It stops where
going on makes no sense. It uses the stored session. If there is none, it signs in with the password of the environment
or the saved one, and never asks for one.

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
    .argument("[profile]", PROFILE_ARGUMENT)
    .option("--json", "print JSON instead of a table")
    .addHelpText("after", HELP)
    .action(async (profile: string | undefined, options: DoctorOptions) => {
      const { runDoctor } = await import("./run-doctor.ts");
      await runDoctor(profile, options, terminal);
    });
}
