import type { Simulator } from "../simulator.ts";
import { checkHost } from "./loopback.ts";
import { defaultHost, type Served, type ServeOptions, start } from "./serve.ts";

/** The names of the five in a simulator. */
export type VendorKey = "alta" | "findface" | "alertsite" | "eagleeye" | "adminToken";

/** Options of serving all five vendors. */
export interface ServeAllOptions extends Omit<ServeOptions, "port"> {
  /** Default: free ones. */
  readonly ports?: Partial<Record<VendorKey, number>> | undefined;
}

/** The five, listening. */
export interface ServedSimulator extends Record<VendorKey, Served> {
  close(): Promise<void>;
}

/** Serves all five vendors, each on a port of its own. When one cannot be served, none is. */
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
