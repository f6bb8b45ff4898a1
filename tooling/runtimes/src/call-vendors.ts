import { overNetwork } from "./over-network.ts";
import type { Result } from "./result.ts";
import { inProcess, live, type Place, redirected } from "./smoke.ts";

/** The results of a runtime, by row of the page. */
export async function callVendors(places: readonly Place[]): Promise<Record<string, Result>> {
  const seen: Record<string, Result> = { "all vendors, in-process": await inProcess() };
  for (const place of places) {
    seen[overNetwork(place.vendor)] = await live(place);
    if (place.vendor === "findface") seen["a call that is redirected"] = await redirected(place);
  }
  return seen;
}
