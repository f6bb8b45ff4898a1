import { between, seeded } from "../soak/random.ts";
import { visitAccounts } from "./calls.ts";
import { clocksApart } from "./faults/clocks.ts";
import { startForeignProgram } from "./faults/foreign-program.ts";
import { takeStoreAway, takeVendorDown } from "./faults/outages.ts";
import { lockAfterTries, rotatePasswords, setWrongPasswords } from "./faults/passwords.ts";
import { restartWorkers } from "./faults/restart.ts";
import { createTimeLine } from "./machine/time-line.ts";
import { enterTimeLine } from "./machine/virtual-machine.ts";
import type { DayPlan } from "./plan.ts";
import { createSharedStore } from "./shared-store.ts";
import { createTrace } from "./trace.ts";
import { createVendor } from "./vendor.ts";
import { createWorker, startProcess } from "./worker.ts";
import type { World } from "./world.ts";

/** The results of a day. */
export interface Day {
  readonly world: World;
  /** The digest of everything that happened, which depends only on the plan and the seed. */
  readonly trace: string;
  /** Accounts for which the ledger and the simulator disagree at the end. */
  readonly disagreements: readonly string[];
}

/** Runs a day. Until it ends, it replaces the time, timers and random values of the whole thread. */
export async function runDay(plan: DayPlan, seed: number): Promise<Day> {
  const time = createTimeLine();
  const leave = enterTimeLine(time, seed);
  try {
    const world = createWorld(plan, time, seeded(seed + 1));
    await time.runUntil(plan.duration);
    const disagreements = compare(world);
    await time.runUntil(plan.duration + 1_000);
    return { world, trace: world.trace.digest(), disagreements: await disagreements };
  } finally {
    leave();
  }
}

function createWorld(plan: DayPlan, time: World["time"], random: () => number): World {
  const trace = createTrace();
  const store = createSharedStore(time, random);
  const vendor = createVendor({ plan, time, random, trace, isStoreAway: () => store.outage.isOn });
  const workers = Array.from({ length: plan.workers }, (_, index) =>
    createWorker(index, clocksApart(plan.clocksApart, index, random)),
  );
  const passwords = new Map<string, string>();
  const changedAt = new Map<string, number>();
  const calls = { made: 0, succeeded: 0, failed: [] };
  const accounts = Array.from({ length: plan.accounts }, (_, at) => `account-${at}`);
  const wrong = accounts.slice(0, plan.wrong);
  const rotated = accounts.slice(plan.wrong, plan.wrong + plan.rotated);
  const contested = accounts[plan.wrong + plan.rotated] ?? "";
  const base = { plan, time, random, trace, vendor, store, workers };
  const world: World = { ...base, passwords, changedAt, contested, calls };
  for (const username of accounts) {
    const password = `made-up-${username}`;
    passwords.set(username, password);
    vendor.server.addAccount({ username, password });
    for (const worker of choose(workers, plan.sharers, random)) worker.passwords.set(username, password);
  }
  setWrongPasswords(world, wrong);
  rotatePasswords(world, rotated);
  // One account with a wrong password, and others whose password is changed.
  lockAfterTries(world, [...wrong.slice(0, 1), ...rotated.slice(0, plan.locking - 1)]);
  startForeignProgram(world);
  takeStoreAway(world);
  restartWorkers(world);
  takeVendorDown(world);
  for (const worker of workers) startProcess(world, worker);
  visitAccounts(world);
  return world;
}

function choose<T>(all: readonly T[], many: number, random: () => number): T[] {
  const left = [...all];
  return Array.from({ length: many }, () => left.splice(between(random, 0, left.length - 1), 1)).flat();
}

/** Asks the simulator about each session that the ledger considers alive. */
async function compare({ vendor, passwords }: World): Promise<string[]> {
  const { server, ledger } = vendor;
  const wrong: string[] = [];
  for (const account of passwords.keys()) {
    const token = ledger.alive(account);
    if (token === undefined) continue;
    const { status } = await server.fetch(`${server.baseUrl}/users/me/`, {
      headers: { authorization: `Token ${token}` },
    });
    if (status !== 200) wrong.push(account);
  }
  return wrong;
}
