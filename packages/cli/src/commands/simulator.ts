import { once } from "node:events";
import type { Simulator } from "@vms/simulator";
import type { ServedSimulator } from "@vms/simulator/node";
import { type Command, InvalidArgumentError } from "commander";
import { interruptible } from "../command-line/interrupt.ts";
import type { Terminal } from "../command-line/terminal.ts";
import { usage } from "../errors/cli-error.ts";
import type { SimulatedVendor } from "../profiles/simulator-file.ts";
import { type VendorName, vendorNames, vendors } from "../profiles/vendors.ts";

/** The options of `vms simulator`, as the command line gives them. */
interface SimulatorOptions {
  readonly port?: number;
  readonly json?: true;
}

const HELP = `
The servers follow the vendors' documentation. Their data is made up, and lost when they stop. They send nothing to the
vendors, and listen on this machine only.

While they run, vms login <vendor> --simulator finds their addresses and passwords.

Exit status: 2 a port is in use, or a simulator is already running; 130 stopped by Ctrl-C, 143 by SIGTERM, 129 by
SIGHUP.

Examples:
  vms simulator
  vms simulator --port 9000          the vendors on the ports 9000, 9001 and so on
  vms simulator --json               one line for a script: addresses, user names, passwords
  vms login alta --simulator         in another terminal, while it runs
`;

export function defineSimulator(program: Command, terminal: Terminal): void {
  program
    .command("simulator")
    .description("Run the vendors' servers on this machine, to try vms without an account.")
    .option("--port <n>", `the first of ${vendorNames.length} ports in a row (default: free ones)`, portOf)
    .option("--json", "print one line of JSON instead of a table")
    .addHelpText("after", HELP)
    .action(async (options: SimulatorOptions) => {
      await runSimulator(options, terminal);
    });
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  const last = 65_536 - vendorNames.length;
  if (port >= 1 && port <= last) return port;
  throw new InvalidArgumentError(`It must be a number from 1 to ${last}.`);
}

/** Serves the simulated vendors until Ctrl-C. */
async function runSimulator(options: SimulatorOptions, terminal: Terminal): Promise<void> {
  const { createSimulator } = await import("@vms/simulator");
  const { formatTable } = await import("../command-line/table.ts");
  const { removeSimulatorFile, requireNoSimulator, writeSimulatorFile } = await import("../profiles/simulator-file.ts");
  const { system } = terminal;
  await requireNoSimulator(system);
  await interruptible(system, async (stop) => {
    const made = createSimulator();
    const served = await serve(made, options.port);
    try {
      const all = described(made, served);
      await writeSimulatorFile(system, all);
      await terminal.out(
        options.json ? `${JSON.stringify(all)}\n` : `${formatTable(HEADINGS, rowsOf(all))}\n${NEXT_STEPS}\n\n`,
      );
      if (!stop.aborted) await once(stop, "abort");
    } finally {
      await removeSimulatorFile(system);
      await served.close();
    }
  });
}

async function serve(made: Simulator, first: number | undefined): Promise<ServedSimulator> {
  const ports = first === undefined ? [] : vendorNames.map((name, index) => [vendors[name].key, first + index]);
  const { serveAll } = await import("@vms/simulator/node");
  return serveAll(made, { ports: Object.fromEntries(ports) }).catch((error): never => {
    const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
    if (code === "EADDRINUSE") throw usage(`port ${port} is in use by another program.`, "Choose another --port.");
    if (code === "EACCES") throw usage(`port ${port} is not allowed for this user.`, "Choose a --port above 1023.");
    throw error;
  });
}

function described(made: Simulator, served: ServedSimulator): Record<VendorName, SimulatedVendor> {
  const all = vendorNames.map((name) => {
    const { key } = vendors[name];
    const { username, password } = made[key].account;
    return [name, { baseUrl: served[key].baseUrl, username, password }];
  });
  return Object.fromEntries(all);
}

const HEADINGS = ["VENDOR", "URL", "USERNAME", "PASSWORD"];

function rowsOf(all: Readonly<Record<VendorName, SimulatedVendor>>): readonly (readonly string[])[] {
  return vendorNames.map((name) => [name, all[name].baseUrl, all[name].username, all[name].password]);
}

const NEXT_STEPS = [
  "Try it in another terminal, while this one runs (Ctrl-C stops it):",
  "  vms login alta --simulator",
  `  vms api alta ${vendors.alta.firstCall} --json`,
  "  vms proxy alta",
].join("\n");
