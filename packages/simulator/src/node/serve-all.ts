import type { Simulator } from "../simulator.ts";
import { checkHost } from "./loopback.ts";
import { defaultHost, type Served, type ServeOptions, start } from "./serve.ts";

/** The names of the five servers in a simulator. */
export type VendorKey = "alta" | "findface" | "alertsite" | "eagleeye" | "adminToken";

/** Options of `serveAll`. */
export interface ServeAllOptions extends Omit<ServeOptions, "port"> {
  /** The ports by server. Default: free ones. */
  readonly ports?: Partial<Record<VendorKey, number>> | undefined;
}

/** The five servers, each on its own port. */
export interface ServedSimulator extends Record<VendorKey, Served> {
  /**
   * Closes all servers.
   * @example
   * await served.close();
   */
  close(): Promise<void>;
}

/**
 * Serves all five vendors over HTTP, each on its own port. If one cannot be served, none is.
 * @throws {Error} `Error` for a host that is not loopback, unless `allowNonLoopback` is set, and if a port is not free.
 * @example
 * const { alta, close } = await serveAll(createSimulator(), { ports: { alta: 8080 } });
 */
export async function serveAll(simulator: Simulator, options: ServeAllOptions = {}): Promise<ServedSimulator> {
  const { ports = {}, hostname = defaultHost, allowNonLoopback } = options;
  checkHost(hostname, allowNonLoopback);
  const opened: Served[] = [];
  const close = async () => {
    await Promise.all(opened.map((served) => served.close()));
  };
  const open = async (key: VendorKey): Promise<Served> => {
    const served = await start(simulator[key], ports[key] ?? 0, hostname);
    opened.push(served);
    return served;
  };
  try {
    return {
      alta: await open("alta"),
      findface: await open("findface"),
      alertsite: await open("alertsite"),
      eagleeye: await open("eagleeye"),
      adminToken: await open("adminToken"),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
