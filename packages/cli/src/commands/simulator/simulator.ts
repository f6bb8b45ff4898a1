import { once } from "node:events";
import { createSimulator, type Simulator } from "@vms/simulator";
import { type ServedSimulator, serveAll } from "@vms/simulator/node";
import { interruptible } from "../../command-line/interrupt.ts";
import { tableOf } from "../../command-line/table.ts";
import type { Terminal } from "../../command-line/terminal.ts";
import { usage } from "../../errors/cli-error.ts";
import { announce, requireNone, type SimulatedVendor, withdraw } from "../../profiles/simulator-file.ts";
import { type VendorName, vendorNames, vendors } from "../../profiles/vendors.ts";
import type { SimulatorCommandOptions } from "../simulator.ts";

/** Serves the five vendors until it is stopped. */
export async function simulator(options: SimulatorCommandOptions, terminal: Terminal): Promise<void> {
  await requireNone();
  await interruptible(async (stop) => {
    const made = createSimulator();
    const served = await serve(made, options.port);
    try {
      const all = described(made, served);
      await announce(all);
      await terminal.out(options.json ? `${JSON.stringify(all)}\n` : table(all));
      if (!stop.aborted) await once(stop, "abort");
    } finally {
      await withdraw();
      await served.close();
    }
  });
}

async function serve(made: Simulator, first: number | undefined): Promise<ServedSimulator> {
  const [alta, findface, alertsite, eagleeye, adminToken] = [0, 1, 2, 3, 4].map((n) => (first ?? 0) + n);
  const ports = first === undefined ? {} : { alta, findface, alertsite, eagleeye, adminToken };
  return serveAll(made, { ports: ports as Record<keyof typeof ports, number> }).catch((error): never => {
    const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
    if (code === "EADDRINUSE") throw usage(`port ${port} is taken by another program.`, "Choose another --port.");
    if (code === "EACCES") throw usage(`port ${port} is not open to this user.`, "Choose a --port above 1023.");
    throw error;
  });
}

function described(made: Simulator, served: ServedSimulator): Record<VendorName, SimulatedVendor> {
  const one = (key: "alta" | "findface" | "alertsite" | "eagleeye" | "adminToken"): SimulatedVendor => {
    const { username, password } = made[key].account;
    return { baseUrl: served[key].baseUrl, username, password };
  };
  return {
    alta: one("alta"),
    findface: one("findface"),
    alertsite: one("alertsite"),
    eagleeye: one("eagleeye"),
    "admin-token": one("adminToken"),
  };
}

function table(all: Readonly<Record<VendorName, SimulatedVendor>>): string {
  const rows = vendorNames.map((name) => [name, all[name].baseUrl, all[name].username, all[name].password]);
  const tries = [
    "Try it in another terminal, while this one runs (Ctrl-C ends it):",
    "  vms login alta --simulator",
    `  vms api alta ${vendors.alta.firstCall} --json`,
    "  vms proxy alta",
  ];
  return `${tableOf(["VENDOR", "URL", "USERNAME", "PASSWORD"], rows)}\n${tries.join("\n")}\n\n`;
}
