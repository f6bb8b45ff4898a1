import type { Account, VendorServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { onTestFinished, vi } from "vitest";
import { fastRetry } from "./retry.ts";

/** Options of a session with a simulated vendor. */
export interface SimulatedOptions {
  readonly baseUrl: string;
  readonly credentials: Account;
  readonly retry: typeof fastRetry;
  readonly now: () => number;
}

/** Serves a simulated vendor on a local port until the test ends. Sessions with these options share its clock, for durations too. */
export async function serveSimulated(server: VendorServer): Promise<SimulatedOptions> {
  const { baseUrl, close } = await serve(server);
  onTestFinished(close);
  const spy = vi.spyOn(performance, "now").mockImplementation(() => server.clock.now());
  onTestFinished(() => void spy.mockRestore());
  return { baseUrl, credentials: server.account, retry: fastRetry, now: () => server.clock.now() };
}
