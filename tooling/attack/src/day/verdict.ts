import { mostInAnyMinute, renewalCounts } from "./counts.ts";
import { faultOfCall, faultOfTime } from "./known-faults.ts";
import type { Day } from "./run-day.ts";

/** A condition of a day, and its violations. */
export interface Verdict {
  readonly title: string;
  readonly broken: readonly string[];
  /** Violations that a known fault of the library explains, by fault. */
  readonly known: Readonly<Record<string, number>>;
}

/** The conditions of a day, checked by the simulator's counters. */
export function verdictsOf(day: Day): Verdict[] {
  return [
    judge("each wrong pair was sent once in the fleet", pairsSentAgain(day)),
    judge(
      "no account was locked",
      [...day.world.vendor.locked].map((account) => ({ what: account })),
    ),
    judge("no call failed that a live session would have served", servableFailures(day)),
    judge("the renewals were spread", crowdedTimes(day)),
    judge("no limiter was exceeded", exceededLimits(day)),
    judge(
      "the ledger and the simulator agree",
      day.disagreements.map((account) => ({ what: account })),
    ),
  ];
}

/** A violation. */
interface Breach {
  readonly what: string;
  /** The known fault that explains it. */
  readonly known?: string | undefined;
}

function judge(title: string, breaches: readonly Breach[]): Verdict {
  const known: Record<string, number> = {};
  for (const { known: name } of breaches) if (name !== undefined) known[name] = (known[name] ?? 0) + 1;
  return { title, broken: breaches.filter((breach) => breach.known === undefined).map(({ what }) => what), known };
}

/** Guarantee 10. While the store is unreachable, each worker may send a pair once. */
function pairsSentAgain({ world }: Day): Breach[] {
  const sentAt = new Map<string, number>();
  return world.vendor.ledger.wrong.flatMap(({ at, worker, account, password, isStoreAway }) => {
    const pair = JSON.stringify([account, password]);
    const key = isStoreAway ? `${pair} ${worker}` : pair;
    const before = sentAt.get(key);
    sentAt.set(key, at).set(pair, at);
    if (before === undefined) return [];
    return [{ what: `${minuteOf(at)}: worker ${worker} sent ${account} again` }];
  });
}

function servableFailures({ world }: Day): Breach[] {
  return world.calls.failed
    .filter(({ live }) => live !== "nowhere")
    .map((failure) => {
      const { at, worker, account, code, live, liveFor } = failure;
      const what = `${minuteOf(at)}: worker ${worker}, ${account}: ${code}, ${live} for ${liveFor} ms`;
      return { what, known: faultOfCall(world, failure) };
    });
}

/** Guarantee 19: at most three times the mean. */
function crowdedTimes({ world }: Day): Breach[] {
  const { counts, mean } = renewalCounts(world);
  return counts.flatMap((many, index) => {
    if (many <= 3 * mean) return [];
    const at = index * world.plan.renewalsCountedBy;
    const what = `${minuteOf(at)}: ${many} renewals, and ${mean.toFixed(1)} in the mean`;
    return [{ what, known: faultOfTime(world, at) }];
  });
}

function exceededLimits({ world }: Day): Breach[] {
  const { concurrent, perMinute } = world.plan.limiter;
  const { ledger } = world.vendor;
  const limited = world.workers.flatMap(({ limited }) => limited);
  const breach = (is: number, most: number, what: string) => (is > most ? [{ what: `${what}: ${is} of ${most}` }] : []);
  return [
    ...breach(
      Math.max(...limited.map(({ mostAtOnce }) => mostAtOnce)),
      concurrent,
      "concurrent logins through a limiter",
    ),
    ...breach(
      Math.max(...limited.map(({ began }) => mostInAnyMinute(began))),
      perMinute,
      "logins through a limiter in a minute",
    ),
    ...breach(ledger.mostAtOnce, concurrent, "concurrent logins of a worker at the vendor"),
    // After the limiter, a login may still wait for the account's lock.
    ...breach(
      Math.max(...ledger.byWorker.map(mostInAnyMinute)),
      perMinute + concurrent,
      "logins of a worker at the vendor in a minute",
    ),
  ];
}

function minuteOf(ms: number): string {
  return `minute ${(ms / 60_000).toFixed(1)}`;
}

/** Whether a day meets every condition. */
export function holds(verdicts: readonly Verdict[]): boolean {
  return verdicts.every(({ broken }) => broken.length === 0);
}
