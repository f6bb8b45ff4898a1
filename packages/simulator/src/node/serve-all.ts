import { type VendorKey, vendorKeys } from "../servers.ts";
import type { Simulator } from "../simulator.ts";
import { checkHost } from "./loopback.ts";
import { defaultHost, type Served, type ServeOptions, start } from "./serve.ts";

/** Options of `serveAll`. */
export interface ServeAllOptions extends Omit<ServeOptions, "port"> {
  /** The port of each server. Default: free ports. */
  readonly ports?: Partial<Record<VendorKey, number>> | undefined;
}

/** The servers of all vendors, each on its own port. */
export interface ServedSimulator extends Record<VendorKey, Served> {
  /**
   * Closes all servers.
   * @example
   * await served.close();
   */
  close(): Promise<void>;
}

/**
 * Serves all vendors over HTTP, each on its own port. If one port cannot be opened, no server is started.
 * @throws {Error} `Error` for a host that is not loopback, unless `allowNonLoopback` is set, or if a port is in use.
 * @example
 * const { alta, close } = await serveAll(createSimulator(), { ports: { alta: 8080 } });
 */
export async function serveAll(simulator: Simulator, options: ServeAllOptions = {}): Promise<ServedSimulator> {
  const { ports = {}, hostname = defaultHost, allowNonLoopback } = options;
  checkHost(hostname, allowNonLoopback);
  const opened = new Map<VendorKey, Served>();
  const close = async () => {
    await Promise.all([...opened.values()].map((served) => served.close()));
  };
  try {
    for (const key of vendorKeys) opened.set(key, await start(simulator[key], ports[key] ?? 0, hostname));
    return { ...(Object.fromEntries(opened) as Record<VendorKey, Served>), close };
  } catch (error) {
    await close();
    throw error;
  }
}
