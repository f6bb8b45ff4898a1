import type { FailedCall, World } from "./world.ts";

// Faults of the library that the day has found and that are not fixed yet. Remove an entry when you fix its fault.

/** A process whose live session is rejected while it may not sign in returns the rejection without a look into the store. */
const STORE_NOT_ASKED = "a rejected call during a pause does not look for another session in the store";
/** A stored expiry is by the clock of the process that stored it. A process whose clock is ahead drops the session early. */
const DROPPED_EARLY = "a process whose clock is ahead drops a stored session before its end";
/** Renewals that failed during an outage are all tried again within a minute after it. Their successors come together too. */
const OVERDUE_AT_ONCE = "overdue renewals come at once after an outage";

/** How long after an outage the overdue renewals come, in ms. */
const OVERDUE = 120_000;

/** How long after an outage of the vendor a pause can last, in ms: 30 s of a login that fails, and then 5 min. */
const LONGEST_PAUSE = 330_000;

/** Whether some workers may still have the old password of an account. */
function isRotating({ plan, changedAt }: World, account: string, at: number): boolean {
  const from = changedAt.get(account);
  return from !== undefined && at < from + plan.faults.rotationKnownAfter;
}

/** The name of the known fault that explains a failed call, if there is one. */
export function faultOfCall(world: World, { at, account, code, live, liveFor }: FailedCall): string | undefined {
  if (live === "nowhere") return undefined;
  const { contested, plan } = world;
  const { until } = plan.faults.vendorDown;
  const mayPause = account === contested || (at >= until && at < until + LONGEST_PAUSE);
  const isRejected = mayPause && code === "401";
  const isPaused = isRejected || (mayPause && code === "vendor_unavailable");
  const isRefused = code === "invalid_credentials" && isRotating(world, account, at);
  if (live === "stored") return isRejected ? STORE_NOT_ASKED : undefined;
  const isDroppedEarly = liveFor > plan.lifetime - plan.clocksApart;
  return isDroppedEarly && (isPaused || isRefused) ? DROPPED_EARLY : undefined;
}

/** The name of the known fault that explains a time with many renewals, if there is one. */
export function faultOfTime({ plan }: World, at: number): string | undefined {
  const { until } = plan.faults.vendorDown;
  // Later renewals are in the last tenth of a lifetime, so they spread little.
  const isWave = [0, 1, 2].some((wave) => {
    const first = until + wave * 0.9 * plan.lifetime;
    const last = until + wave * 0.98 * plan.lifetime + OVERDUE;
    return at + plan.renewalsCountedBy > first && at < last;
  });
  return isWave ? OVERDUE_AT_ONCE : undefined;
}
