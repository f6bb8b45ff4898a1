import { type Command, InvalidArgumentError } from "commander";
import { helpText } from "../../command-line/help-text.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { vendorNames } from "../../profiles/vendors.ts";
import type { SimulatorOptions } from "./run-simulator.ts";

const HELP = `
The servers follow the vendors' documentation. Their data is made up, and is lost when they stop. They send nothing to
the vendors and listen only on this machine. While they run, vms login <vendor> --simulator finds them. They reuse the
ports of earlier profiles if these are free, so that the profiles work again.

Some users have a second factor. vms prints the codes that a vendor sends, and those of an authenticator app, on
standard error.

--json prints an object with each vendor's baseUrl, username, password and secondFactors, a list of more users.

Exit status: 2 a port is in use, or a simulator is already running; 130 Ctrl-C, 143 SIGTERM, 129 SIGHUP.

Examples:
  vms simulator
  vms simulator --port 9000      uses the ports 9000, 9001 and so on
  vms simulator --json           for a script: addresses, user names, passwords
  vms login alta --simulator     in another terminal, while it runs
  vms login eagleeye --simulator --profile sms --username sms@acme.example
`;

export function defineSimulator(program: Command, terminal: Terminal): void {
  program
    .command("simulator")
    .description("Run the vendors' servers on this machine, to try vms.")
    .option(
      "--port <n>",
      `the first of ${vendorNames.length} ports in a row (default: as before, or free ones)`,
      portOf,
    )
    .option("--json", "print one line of JSON instead of a table")
    .addHelpText("after", () => helpText(terminal, "simulator", HELP))
    .action(async (options: SimulatorOptions) => {
      const { runSimulator } = await import("./run-simulator.ts");
      await runSimulator(options, terminal);
    });
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  const last = 65_536 - vendorNames.length;
  if (port >= 1 && port <= last) return port;
  throw new InvalidArgumentError(`It must be a number from 1 to ${last}.`);
}
