import type { Result } from "./result.ts";
import { inProcess, live, type Place, redirected } from "./smoke.ts";

/** What each runtime is asked for, by what the page calls it. */
export async function callVendors(places: readonly Place[]): Promise<Record<string, Result>> {
  const seen: Record<string, Result> = { "all five, in-process": await inProcess() };
  for (const place of places) {
    seen[`\`@vms/${place.vendor}\`, over the network`] = await live(place);
    if (place.vendor === "findface") seen["a call that is redirected"] = await redirected(place);
  }
  return seen;
}
