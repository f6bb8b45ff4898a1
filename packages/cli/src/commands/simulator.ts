import { type Command, InvalidArgumentError } from "commander";
import type { Terminal } from "../command-line/terminal.ts";

/** The options of `vms simulator`, as the command line gives them. */
export interface SimulatorCommandOptions {
  readonly port?: number;
  readonly json?: true;
}

const HELP = `
The servers are made from the vendors' documentation alone. Everything in them is made up, and forgotten when they end;
nothing is sent anywhere. They listen on this machine only.

While it runs, vms login <vendor> --simulator finds its address and password by itself.

Exit status: 0 ended by Ctrl-C; 2 a port is taken, or a simulator runs already.

Examples:
  vms simulator
  vms simulator --port 9000          the five on the ports 9000 to 9004
  vms simulator --json               one line for a script: addresses, user names, passwords
  vms login alta --simulator         in another terminal, while it runs
`;

export function defineSimulator(program: Command, terminal: Terminal): void {
  program
    .command("simulator")
    .description("Run the five vendors' servers on this machine, to try vms without an account.")
    .option("--port <n>", "the first of five ports in a row (default: free ones)", portOf)
    .option("--json", "print one line of JSON instead of a table")
    .addHelpText("after", HELP)
    .action(async (options: SimulatorCommandOptions) => {
      const { simulator } = await import("./simulator/simulator.ts");
      await simulator(options, terminal);
    });
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_531) return port;
  throw new InvalidArgumentError("It must be a number from 1 to 65531.");
}
