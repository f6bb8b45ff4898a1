import { type Clock, createClock } from "./clock.ts";
import { creators, forEachVendor, type VendorKey, type VendorServerOptions, type VendorServers } from "./servers.ts";
import type { VendorServer } from "./vendor-server.ts";

/** Options of each vendor's server, and their common clock. */
export interface SimulatorOptions extends VendorServerOptions {
  /** The clock of all servers that have no clock in their own options. Default: a new one. */
  readonly clock?: Clock | undefined;
}

/** A server for each vendor, and their clock. */
export interface Simulator extends VendorServers {
  /** All servers. */
  readonly all: readonly VendorServer[];
  /** The common clock. */
  readonly clock: Clock;
}

/**
 * Creates a server for each vendor, all with one clock. It does no I/O: each server has a `fetch` that reaches it in process.
 * @example
 * const { alta } = createSimulator();
 * const { baseUrl, account, fetch } = alta;
 * const session = createAltaSession({ baseUrl, credentials: account, fetch });
 */
export function createSimulator(options: SimulatorOptions = {}): Simulator {
  const clock = options.clock ?? createClock();
  const create = <Key extends VendorKey>(key: Key) =>
    creators[key]({ ...options[key], clock: options[key]?.clock ?? clock });
  const servers = forEachVendor<VendorServers>(create);
  return { ...servers, all: Object.values(servers), clock };
}
