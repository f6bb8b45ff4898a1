import type { Outage } from "../outage.ts";
import type { Span } from "../plan.ts";
import type { World } from "../world.ts";

/** The store is away for a while. It keeps what it has. */
export function takeStoreAway({ plan, time, store, trace }: World): void {
  during(time, plan.faults.storeAway, store.outage, (what) => trace.add(time.now(), "store", what));
}

/** The vendor is down for a while. Its sessions go on. */
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
