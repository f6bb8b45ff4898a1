import { isVmsError } from "@vms/core";
import { between } from "../soak/random.ts";
import type { Process } from "./process.ts";
import type { FailedCall, Worker, World } from "./world.ts";

/** The delays between the first and the second call of a visit, in ms. */
const SECOND_CALL_AFTER = [3_000, 20_000] as const;

/** Makes the workers visit their accounts until the day is over. */
export function visitAccounts(world: World): void {
  const { plan, time, random, workers, passwords } = world;
  for (const account of passwords.keys()) {
    const from = between(random, 0, plan.filledWithin);
    for (const worker of workers) {
      if (!worker.passwords.has(account)) continue;
      time.timer(from + between(random, 0, plan.visitEvery[1]), () => visit(world, worker, account));
    }
  }
}

function visit(world: World, worker: Worker, account: string): void {
  const { plan, time, random } = world;
  call(world, worker, account);
  if (random() < plan.secondCall) {
    time.timer(between(random, ...SECOND_CALL_AFTER), () => call(world, worker, account));
  }
  time.timer(between(random, ...plan.visitEvery), () => visit(world, worker, account));
}

function call(world: World, worker: Worker, account: string): void {
  const { running } = worker;
  // The worker is being restarted.
  if (running === undefined) return;
  const { time, calls, vendor, trace } = world;
  const started = time.now();
  const failed = (code: string) => {
    // The process has exited.
    if (worker.running !== running) return;
    const failure: FailedCall = {
      at: time.now(),
      took: time.now() - started,
      worker: worker.index,
      account,
      code,
      ...liveSession(world, running.process, account, started),
      isVendorDown: vendor.outage.touches(started),
    };
    calls.failed.push(failure);
    trace.add(failure.at, "failed", worker.index, account, code, failure.live);
  };
  calls.made++;
  running.pool
    .get(account)
    .fetch(vendor.server.firstCall)
    .then(
      ({ ok, status }) => {
        if (ok) calls.succeeded++;
        else failed(String(status));
      },
      (error: unknown) => failed(isVmsError(error) ? error.code : String(error)),
    );
}

/** Whether a live session, held by the worker or in the store, would have served a failed call. */
function liveSession(
  { vendor, store, time }: World,
  { held }: Process,
  account: string,
  started: number,
): Pick<FailedCall, "live" | "liveFor"> {
  const { ledger } = vendor;
  const liveFor = time.now() - (ledger.openedAt(account) ?? 0);
  if (vendor.outage.touches(started)) return { live: "nowhere", liveFor: 0 };
  if (ledger.isAlive(account, held.get(account))) return { live: "held", liveFor };
  const stored = store.outage.touches(started) ? undefined : tokenOf(store.peek(account));
  return ledger.isAlive(account, stored) ? { live: "stored", liveFor } : { live: "nowhere", liveFor: 0 };
}

function tokenOf(value: string | undefined): string | undefined {
  const stored = JSON.parse(value ?? "{}") as { session?: { data?: { token?: string } } };
  return stored.session?.data?.token;
}
