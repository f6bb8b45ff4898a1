import { type Clock, createClock } from "./clock.ts";
import { creators, forEachVendor, type VendorKey, type VendorServerOptions, type VendorServers } from "./servers.ts";
import type { VendorServer } from "./vendor-server.ts";

/** Options of the vendors' servers and their shared clock. */
export interface SimulatorOptions extends VendorServerOptions {
  /** The clock of every server without its own `clock` option. Default: a new clock. */
  readonly clock?: Clock | undefined;
}

/** A server for each vendor, and their shared clock. */
export interface Simulator extends VendorServers {
  /** All servers. */
  readonly all: readonly VendorServer[];
  /** The shared clock. */
  readonly clock: Clock;
}

/**
 * Creates a server for each vendor, all with one clock. It does no I/O: each server has an in-process `fetch`.
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
