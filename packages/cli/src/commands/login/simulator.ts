import { usage } from "../../cli-error.ts";
import { places } from "../../places.ts";
import { readPrivate } from "../../private-file.ts";
import type { VendorName } from "../../vendors.ts";

/** Where the running simulator has a vendor, and who can sign in there. */
export interface SimulatedVendor {
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
}

/**
 * Finds the simulator that `vms simulator` runs.
 * @throws where none runs.
 */
export async function findSimulator(vendor: VendorName): Promise<SimulatedVendor> {
  const text = await readPrivate(places().simulator);
  if (text === undefined) throw notRunning();
  let found: unknown;
  try {
    found = (JSON.parse(text) as Record<string, unknown> | null)?.[vendor];
  } catch {
    // Said below.
  }
  const { baseUrl, username, password } = (found ?? {}) as Partial<Record<keyof SimulatedVendor, unknown>>;
  if (typeof baseUrl !== "string" || typeof username !== "string" || typeof password !== "string") throw notRunning();
  if (!(await answers(baseUrl))) throw notRunning();
  return { baseUrl, username, password };
}

/** Whether anything listens there: one that was killed leaves its file behind. */
async function answers(url: string): Promise<boolean> {
  try {
    const { body } = await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5_000) });
    await body?.cancel();
    return true;
  } catch {
    return false;
  }
}

function notRunning(): Error {
  return usage("the simulator does not run.", "Start it in another terminal: vms simulator");
}
