import type { Account, VendorServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { onTestFinished } from "vitest";
import { fastRetry } from "./retry.ts";

/** Options of a session with a simulated vendor. */
export interface SimulatedOptions {
  readonly baseUrl: string;
  readonly credentials: Account;
  readonly retry: typeof fastRetry;
  readonly now: () => number;
}

/** Serves a simulated vendor on a local port until the end of the test. Sessions with these options share its clock. */
export async function serveSimulated(server: VendorServer): Promise<SimulatedOptions> {
  const { baseUrl, close } = await serve(server);
  onTestFinished(close);
  return { baseUrl, credentials: server.account, retry: fastRetry, now: () => server.clock.now() };
}
