import { parseArgs } from "node:util";
import { type VendorKey, vendorKeys } from "../servers.ts";
import { createSimulator, type Simulator } from "../simulator.ts";
import { type ServeAllOptions, type ServedSimulator, serveAll } from "./serve-all.ts";

/** The servers by key, with the name of the vendor and of its port option. */
const vendors = vendorKeys.map((key) => {
  const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { key, name, port: `${name}-port` };
});

const help = `vms-simulator: the vendors' servers, on this machine

Usage: vms-simulator [options]

  --port <n>              the first of ${vendors.length} ports in a row (default: free ones)
  --<vendor>-port <n>     the port of one vendor
  --host <address>        where to listen (default 127.0.0.1)
  --allow-non-loopback    listen on an address that others can reach
  --json                  print one line of JSON instead of a table
  --help                  print this

The vendors: ${vendors.map(({ name }) => name).join(", ")}.

It serves until it is stopped (Ctrl-C, or SIGTERM).
`;

/** The parsed command line. */
interface CommandOptions extends ServeAllOptions {
  readonly json: boolean;
  readonly help: boolean;
}

/** Runs the command until it is stopped, and returns its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const options = read(args);
    if (options.help) {
      process.stdout.write(help);
      return 0;
    }
    const simulator = createSimulator();
    const served = await serveAll(simulator, options);
    const stopped = untilStopped();
    process.stdout.write(options.json ? toJson(simulator, served) : toTable(simulator, served));
    await stopped;
    await served.close();
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function read(args: readonly string[]): CommandOptions {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const ownPorts: Record<string, typeof text> = Object.fromEntries(vendors.map(({ port }) => [port, text]));
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: text,
      host: text,
      "allow-non-loopback": flag,
      json: flag,
      help: { ...flag, short: "h" },
      ...ownPorts,
    },
  });
  const given: Readonly<Record<string, unknown>> = values;
  const first = portOf("port", given.port);
  const ports: Partial<Record<VendorKey, number>> = {};
  for (const [index, vendor] of vendors.entries()) {
    const port = portOf(vendor.port, given[vendor.port]) ?? (first && first + index);
    if (port !== undefined) ports[vendor.key] = port;
  }
  const { host: hostname, json, help: wantsHelp, "allow-non-loopback": allowNonLoopback } = values;
  return { ports, hostname, allowNonLoopback, json, help: wantsHelp };
}

function portOf(name: string, text: unknown): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--${name}: "${text}" is not a port.`);
  return port;
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

function toJson(simulator: Simulator, served: ServedSimulator): string {
  const entries = vendors.map(({ key, name }) => {
    const { account, firstCall } = simulator[key];
    const { username, password } = account;
    return [name, { baseUrl: served[key].baseUrl, firstCall, username, password }];
  });
  return `${JSON.stringify(Object.fromEntries(entries))}\n`;
}

function toTable(simulator: Simulator, served: ServedSimulator): string {
  const rows = vendors.map(({ key, name }) => {
    const { username, password } = simulator[key].account;
    return [name, served[key].baseUrl, username, password];
  });
  const lines = [["vendor", "base URL", "username", "password"], ...rows].map(
    ([name = "", url = "", user = "", password]) =>
      [name.padEnd(12), url.padEnd(42), user.padEnd(26), password].join(" "),
  );
  return `${lines.join("\n")}\n`;
}
