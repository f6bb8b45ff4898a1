import { once } from "node:events";
import { createSimulator, type Simulator } from "@vms/simulator";
import { type ServedSimulator, serveAll } from "@vms/simulator/node";
import { interruptible } from "../../command-line/interrupt.ts";
import { formatTable } from "../../command-line/table.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";
import { readConfig } from "../../profiles/config.ts";
import {
  removeSimulatorFile,
  requireNoSimulator,
  type SimulatedVendor,
  writeSimulatorFile,
} from "../../profiles/simulator-file.ts";
import { type VendorName, vendorNames, vendors } from "../../profiles/vendors.ts";
import type { System } from "../../system/system.ts";
import { secondFactorUsers, withSecondFactors } from "./second-factor-users.ts";

/** The options of `vms simulator`, as the command line gives them. */
export interface SimulatorOptions {
  readonly port?: number;
  readonly json?: true;
}

/** Serves the simulated vendors until Ctrl-C. */
export async function runSimulator(options: SimulatorOptions, terminal: Terminal): Promise<void> {
  const { system } = terminal;
  await requireNoSimulator(system);
  await interruptible(system, async (stop) => {
    const made = withSecondFactors(createSimulator(), (line) => terminal.say(line));
    const served = await serve(made, options.port, await knownPorts(system));
    try {
      const all = described(made, served);
      await writeSimulatorFile(system, all);
      await terminal.out(options.json ? `${JSON.stringify(all)}\n` : instructions(all));
      if (!stop.aborted) await once(stop, "abort");
    } finally {
      await removeSimulatorFile(system);
      await served.close();
    }
  });
}

type Ports = Readonly<Record<string, number>>;

/** The ports of the profiles that have signed in to an earlier simulator, so that they work again. */
async function knownPorts(system: System): Promise<Ports> {
  const { profiles } = await readConfig(system);
  const known = Object.values(profiles).flatMap(({ vendor, url, simulator }) => {
    const port = simulator && url !== undefined ? Number(new URL(url).port) : 0;
    return port === 0 ? [] : [[vendors[vendor].key, port]];
  });
  return Object.fromEntries(known);
}

async function serve(made: Simulator, first: number | undefined, known: Ports): Promise<ServedSimulator> {
  // Another program may have taken a known port.
  if (first === undefined) return serveAll(made, { ports: known }).catch(() => serveAll(made));
  const ports = vendorNames.map((name, index) => [vendors[name].key, first + index]);
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
    const secondFactors = (secondFactorUsers[key] ?? []).map(({ code: _, ...user }) => user);
    return [name, { baseUrl: served[key].baseUrl, username, password, secondFactors }];
  });
  return Object.fromEntries(all);
}

/** Addresses, users and what to try, for a screen of 24 lines and 80 columns. */
function instructions(all: Readonly<Record<VendorName, SimulatedVendor>>): string {
  const users = vendorNames.flatMap((name) => [
    [name, all[name].username, all[name].password, ""],
    ...(secondFactorUsers[vendors[name].key] ?? []).map((user) => [name, user.username, user.password, user.code]),
  ]);
  const urls = vendorNames.map((name) => [name, all[name].baseUrl]);
  return [
    formatTable(["VENDOR", "URL"], urls),
    formatTable(["VENDOR", "USER NAME", "PASSWORD", "SECOND FACTOR"], users),
    NEXT_STEPS,
    "\n",
  ].join("\n");
}

const NEXT_STEPS = `Try it in another terminal, while this one runs (Ctrl-C stops it):
  vms login alta --simulator
  vms api alta ${vendors.alta.firstCall}
  vms login eagleeye --simulator --profile sms --username sms@acme.example`;
