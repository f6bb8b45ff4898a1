import type { Command } from "commander";
import { helpText } from "../../command-line/help-text.ts";
import { PROFILE_ARGUMENT } from "../../command-line/profile-argument.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import type { DoctorOptions } from "./run-doctor.ts";

const HELP = `
vms checks each step of a call: name (DNS), connection (TCP), certificate (TLS), the vendor's clock, login, first call.
If a step fails, vms says what to do.

vms shows how long each step took, and stops if the later steps cannot work. It uses the stored session. If there is
none, it signs in with the password from the environment or the saved one. It never prompts for a password.

--json prints an object: profile, vendor, url, account, ok, exit, and steps with name, state, ms, text, hint.

Exit status: 0 everything works; 1 the clock differs; 2 no such profile, or its options are wrong; 3 a login is needed
or was rejected; 4 the vendor answered the first call with 400 to 499; 5 the vendor cannot be reached, has a wrong
certificate, or answered 429, or 500 or above; 6 the vendor's response is not documented; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

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
    .addHelpText("after", () => helpText(terminal, "doctor", HELP))
    .action(async (profile: string | undefined, options: DoctorOptions) => {
      const { runDoctor } = await import("./run-doctor.ts");
      await runDoctor(profile, options, terminal);
    });
}
