import type { Outage } from "../outage.ts";
import type { Span } from "../plan.ts";
import type { World } from "../world.ts";

/** Makes the store unreachable for a while. It keeps its content. */
export function takeStoreAway({ plan, time, store, trace }: World): void {
  during(time, plan.faults.storeAway, store.outage, (what) => trace.add(time.now(), "store", what));
}

/** Takes the vendor down for a while. Its sessions stay open. */
export function takeVendorDown({ plan, time, vendor, trace }: World): void {
  during(time, plan.faults.vendorDown, vendor.outage, (what) => trace.add(time.now(), "vendor", what));
}

function during(time: World["time"], { from, until }: Span, outage: Outage, note: (what: string) => void): void {
  time.timer(from, () => {
    outage.begin();
    note("away");
  });
  time.timer(until, () => {
    outage.end();
    note("back");
  });
}
