import type { FailedCall, World } from "./world.ts";

// Known defects of the library that the day has found. Remove an entry when you fix its defect.

/** If a live session is rejected while its process may not sign in, the process returns the rejection without reading the store. */
const STORE_NOT_ASKED = "a rejected call during a pause does not look for another session in the store";
/** A stored expiry uses the clock of the process that stored it. A process whose clock is ahead drops the session early. */
const DROPPED_EARLY = "a process whose clock is ahead drops a stored session before its end";
/** Renewals that failed during an outage are all retried within a minute after it, and their successors coincide too. */
const OVERDUE_AT_ONCE = "overdue renewals come at once after an outage";

/** The time after an outage in which the overdue renewals run, in ms. */
const OVERDUE = 120_000;

/** The longest pause after an outage of the vendor, in ms: a login that fails after 30 s, and then 5 min. */
const LONGEST_PAUSE = 330_000;

/** Whether some workers may still have the old password of an account. */
function isRotating({ plan, changedAt }: World, account: string, at: number): boolean {
  const from = changedAt.get(account);
  return from !== undefined && at < from + plan.faults.rotationKnownAfter;
}

/** The known fault that explains a failed call, if any. */
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

/** The known fault that explains an interval with many renewals, if any. */
export function faultOfTime({ plan }: World, at: number): string | undefined {
  const { until } = plan.faults.vendorDown;
  // Later renewals run in the last tenth of a lifetime, so they spread little.
  const isWave = [0, 1, 2].some((wave) => {
    const first = until + wave * 0.9 * plan.lifetime;
    const last = until + wave * 0.98 * plan.lifetime + OVERDUE;
    return at + plan.renewalsCountedBy > first && at < last;
  });
  return isWave ? OVERDUE_AT_ONCE : undefined;
}
