import type { Scheduler } from "fast-check";
import type { Session } from "../../src/contract/session.ts";
import type { SessionRecord } from "../../src/contract/session-record.ts";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { checkOptions } from "../../src/contract/settings.ts";
import { openSession } from "../../src/session/create-session.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { settle, type VirtualClock, virtualClock } from "../virtual-clock.ts";
import { type Callers, callersOf } from "./callers.ts";
import { flowOf } from "./flow.ts";
import type { System } from "./systems.ts";
import { type Vendor, vendorOf } from "./vendor.ts";
import { type Watched, watched } from "./watched.ts";
import { type Witness, witness } from "./witness.ts";

/** A vendor, a clock, a store and real sessions, with the model's knowledge of them. */
export interface World {
  readonly system: System;
  readonly clock: VirtualClock;
  readonly vendor: Vendor;
  readonly witness: Witness;
  readonly callers: Callers;
  readonly watched: readonly Watched[];
  readonly sessions: readonly Session<string>[];
  readonly stored: Map<string, string>;
  /** The current credentials of the sessions. A credentials function returns them. */
  readonly credentials: { readonly username: string; password: string };
}

export const PASSWORDS = ["made-up-password", "made-up-and-other"] as const;

export function createWorld(system: System, scheduler: Scheduler): World {
  const clock = virtualClock();
  const now = () => clock.now();
  const seen = witness(system, now);
  const vendor = vendorOf(system, scheduler, seen, now);
  const all = Array.from({ length: Math.max(1, system.sharing) }, (_, index) => watched(index));
  const stored = new Map<string, string>();
  const shared = memoryStore() as Required<SessionStore>;

  const credentials = { username: "operator", password: PASSWORDS[0] as string };
  const sessions = all.map((one) => {
    const session = openSession(
      flowOf(system, one, seen, now),
      checkOptions("fake", {
        credentials: system.asked ? async () => ({ ...credentials }) : { ...credentials },
        fetch: vendor.fetchOf(one),
        retry: { attempts: 2 },
        // The histories do not cover the budget, which has its own tests.
        loginBudget: { atOnce: 1_000, perMinute: 1_000 },
        ...(system.sharing === 0 ? {} : { store: storeOf(one) }),
      }),
      clock,
    );
    for (const type of [
      "login",
      "renewed",
      "rotated",
      "login_failed",
      "renewal_failed",
      "rejected",
      "expired",
    ] as const) {
      session.on(type, (event) => seen.hears(one, event));
    }
    return session;
  });

  // One store for all sessions, which shows the model what each session reads.
  function storeOf(one: Watched): SessionStore {
    return {
      ...shared,
      async get(key) {
        const value = await shared.get(key);
        if (value !== undefined) {
          const { session } = JSON.parse(value) as { session?: SessionRecord<string> };
          if (session !== undefined) {
            const { data, expiresAt = Number.POSITIVE_INFINITY, issuedAt, usedAt = issuedAt } = session;
            one.offer.store = { token: data, end: expiresAt, usedAt };
          }
        }
        return value;
      },
      async set(key, value, options) {
        stored.set(key, value);
        await shared.set(key, value, options);
      },
      async delete(key) {
        stored.delete(key);
        await shared.delete(key);
      },
      withLock: (key, run, options) =>
        shared.withLock(
          key,
          (lease) =>
            run({
              signal: lease.signal,
              async set(name, value, setOptions) {
                await lease.set(name, value, setOptions);
                stored.set(name, value);
              },
            }),
          options,
        ),
    };
  }

  return {
    system,
    clock,
    vendor,
    witness: seen,
    callers: callersOf(vendor, seen, system.sharing === 2),
    watched: all,
    sessions,
    stored,
    credentials,
  };
}

/** Ends a history: all work completes, and then a plain call must succeed. */
export async function comeToRest(world: World, scheduler: Scheduler): Promise<void> {
  const { clock, vendor, witness, callers, sessions } = world;
  const rest = async () => {
    for (let second = 0; second < 100; second++) {
      await scheduler.waitIdle();
      await settle();
      if (callers.waiting().length === 0 && clock.pending === 0 && vendor.flights.size === 0) return;
      await clock.advance(1_000);
    }
    for (const caller of callers.waiting()) witness.breaks("liveness", `${caller.what} was never answered`);
    if (clock.pending > 0) witness.breaks("G6", `${clock.pending} timers are left when nothing runs`);
  };
  await rest();
  for (const one of world.watched) {
    for (const [token, held] of one.heard) {
      if (!held && !one.signedOut.has(token)) witness.breaks("G14", `${token} was opened, never held, and never ended`);
    }
    for (const token of one.replaced) {
      // If a credential rotates after its replacement, the new credential is ended in place of the earlier one.
      const rootOf = (each: string) => witness.roots.get(each) ?? each;
      const isEnded = [...one.signedOut.keys()].some((each) => rootOf(each) === rootOf(token));
      if (world.system.sharing === 0 && !isEnded) witness.breaks("G18", `${token} was replaced, and never ended`);
      if (world.system.sharing > 0 && isEnded && !one.closed) witness.breaks("G18", `${token} was ended, but shared`);
    }
    const hasSession = [...world.stored.values()].some((value) => "session" in JSON.parse(value));
    if (one.closed && world.system.sharing === 1 && hasSession) {
      witness.breaks("G14", "the store holds a session after sign-out");
    }
  }

  for (const kind of ["call", "login", "extend", "logout"] as const) vendor.faults[kind].length = 0;
  vendor.password = world.credentials.password = PASSWORDS[0];
  vendor.soon.length = 0;
  // Longer than any pause.
  await clock.advance(700_000);
  await rest();
  for (const one of world.watched) {
    const session = sessions[one.index]!;
    if (one.closed) callers.login(one, session, false);
    await rest();
    if (one.mayBeRefused || world.system.sharing === 2) callers.renew(one, session, false);
    await rest();
    let call = callers.fetch(one, session, false);
    await rest();
    if (world.system.sharing === 2 && call.outcome === 401) {
      // The stored session was revoked too, and a call is sent again only once, so the next call signs in.
      call = callers.fetch(one, session, false);
      await rest();
    }
    if (call.outcome !== 200) witness.breaks("liveness", `a plain call at the end resulted in ${String(call.outcome)}`);
  }
}
