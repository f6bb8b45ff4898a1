import { mostInAnyMinute, renewalCounts, tally } from "./counts.ts";
import type { Day } from "./run-day.ts";
import type { Verdict } from "./verdict.ts";

/** The counters of a day, as the rows of a table. */
export function countersOf({ world }: Day): Record<string, number> {
  const { calls, vendor, store, workers, changedAt, contested } = world;
  const { server, ledger } = vendor;
  const { counts, mean } = renewalCounts(world);
  const minutes = world.plan.renewalsCountedBy / 60_000;
  const limited = workers.flatMap((worker) => worker.limited);
  return {
    "calls made": calls.made,
    "calls answered": calls.succeeded,
    "calls failed": calls.failed.length,
    "… while the vendor was down": calls.failed.filter(({ isVendorDown }) => isVendorDown).length,
    "… that a live session would have served": calls.failed.filter(({ live }) => live !== "nowhere").length,
    "logins that the simulator received": server.loginAttempts,
    "logins that succeeded": server.logins,
    "… of the fleet": ledger.logins,
    "… of the fleet, with the account that it shares": ledger.byAccount.get(contested)?.length ?? 0,
    "… of the foreign program": ledger.foreignLogins,
    "renewals of a live session": ledger.renewals.length,
    [`renewals in ${minutes} min, in the mean`]: Math.round(mean * 10) / 10,
    [`renewals in ${minutes} min, at most`]: Math.max(...counts),
    "calls that the simulator accepted": ledger.accepted,
    "calls that the simulator rejected": ledger.rejected,
    "failed store operations": store.failures,
    "processes started": limited.length,
    "passwords changed": changedAt.size,
    "wrong passwords sent": ledger.wrong.length,
    "… while the store was unreachable": ledger.wrong.filter(({ isStoreAway }) => isStoreAway).length,
    "accounts locked": vendor.locked.size,
    "maximum concurrent logins through a limiter": Math.max(...limited.map(({ mostAtOnce }) => mostAtOnce)),
    "maximum logins through a limiter in a minute": Math.max(...limited.map(({ began }) => mostInAnyMinute(began))),
    "maximum logins of a worker at the vendor in a minute": Math.max(...ledger.byWorker.map(mostInAnyMinute)),
  };
}

/** Prints the counters, the failed calls by kind, and the verdicts. */
export function printDay(day: Day, verdicts: readonly Verdict[]): void {
  console.table(countersOf(day));
  console.log("failed calls, and where a live session was");
  console.table(
    tally(
      day.world.calls.failed.map(({ code, live, isVendorDown }) => {
        return `${code}, ${live}${isVendorDown ? ", vendor down" : ""}`;
      }),
    ),
  );
  for (const { title, broken, known } of verdicts) {
    console.log(`${broken.length > 0 ? "BROKEN" : wordFor(known)}: ${title}`);
    for (const [fault, many] of Object.entries(known)) console.log(`  known fault, ${many} times: ${fault}`);
    for (const what of broken.slice(0, 20)) console.log(`  ${what}`);
    if (broken.length > 20) console.log(`  and ${broken.length - 20} more`);
  }
}

function wordFor(known: Verdict["known"]): string {
  return Object.keys(known).length === 0 ? "holds" : "holds, apart from known faults";
}
