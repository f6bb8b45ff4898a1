import type { Session } from "@vms/core";
import { createClock, type VendorServer } from "@vms/simulator";
import type { Fixture } from "../sign-ins/fixtures.ts";
import { unmarked } from "../sign-ins/marked-codes.ts";
import type { Kind } from "./kinds.ts";
import { createModel, type Model, type Need } from "./model.ts";
import { between, seeded } from "./random.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 1);

/** The results of some sessions of one kind. */
export interface ShardResult {
  readonly sessions: readonly Session[];
  readonly calls: number;
  readonly logins: number;
  readonly predicted: number;
  readonly renewals: number;
  /** The number of prompts for a code or a face, and the expected number. */
  readonly asked: number;
  readonly askedRight: number;
  /** Unexpected events and responses. */
  readonly surprises: readonly string[];
}

/** A session, its model, and the time of its next call. */
interface Runner {
  readonly session: Session;
  readonly model: Model;
  readonly random: () => number;
  next: number;
}

/** Runs several sessions of one kind with their own server and one clock for some days. */
export async function runShard(kind: Kind, many: number, days: number, seed: number): Promise<ShardResult> {
  let now = START;
  const fixture = kind.open(createClock(() => now));
  const { server, human } = fixture;
  const surprises: string[] = [];
  const runners = Array.from({ length: many }, (_, at): Runner => {
    const session = open(kind, fixture, () => now, surprises);
    const random = seeded(seed + at);
    // Dates have whole seconds, so calls at whole seconds keep the model exact.
    return {
      session,
      model: createModel(kind.life, () => session.health.nextRenewal),
      random,
      next: START + SECOND * between(random, 0, 86_400),
    };
  });
  const end = START + days * 24 * HOUR;
  let calls = 0;
  let renewals = 0;
  for (let runner = soonest(runners); runner.next < end; runner = soonest(runners)) {
    now = runner.next;
    const need = runner.model.call(now);
    if (need === "renewal") renewals++;
    calls++;
    const response = await call(runner.session, server, need, surprises);
    if (!response.ok) surprises.push(`a call was answered ${response.status}`);
    checkWindow(runner, surprises);
    if (server.requests.length > 100) server.clearRequests();
    runner.next = nextCall(runner, now);
  }
  const predicted = runners.reduce((sum, { model }) => sum + model.logins(), 0);
  const askedRight = runners.reduce((sum, { model }) => sum + model.asked(), 0);
  const sessions = runners.map(({ session }) => session);
  const { asked } = human;
  // Keep the sessions, but not the log of their requests.
  human.forget();
  return { sessions, calls, logins: server.logins, predicted, renewals, asked, askedRight, surprises };
}

function open(kind: Kind, { server, create }: Fixture, now: () => number, surprises: string[]): Session {
  const session = create({
    ...kind.options,
    baseUrl: server.baseUrl,
    credentials: server.account,
    fetch: (input, init) => server.fetch(input, unmarked(init)),
    now,
  });
  for (const type of ["renewal_failed", "rejected", "rotated", "store_failed", "logout"] as const) {
    session.on(type, () => void surprises.push(type));
  }
  return session;
}

async function call(session: Session, server: VendorServer, need: Need, surprises: string[]): Promise<Response> {
  if (need !== "renewal") return session.fetch(server.firstCall);
  // A renewal runs concurrently with the call, so time stands still until it finishes.
  const { promise, resolve } = Promise.withResolvers<void>();
  const limit = setTimeout(() => {
    surprises.push("a renewal that was due did not run");
    resolve();
  }, 2_000);
  const stop = [session.on("renewed", () => resolve()), session.on("renewal_failed", () => resolve())];
  const response = await session.fetch(server.firstCall);
  await promise;
  clearTimeout(limit);
  for (const each of stop) each();
  return response;
}

function checkWindow({ session, model }: Runner, surprises: string[]): void {
  const { nextRenewal } = session.health;
  const window = model.window();
  // The vendor's clock has whole seconds.
  const isRight =
    window === undefined
      ? nextRenewal === undefined
      : nextRenewal !== undefined && nextRenewal >= window.from - SECOND && nextRenewal <= window.to + SECOND;
  if (!isRight) surprises.push(`a renewal at ${nextRenewal} is outside of ${JSON.stringify(window)}`);
}

function soonest(runners: readonly Runner[]): Runner {
  return runners.reduce((first, runner) => (runner.next < first.next ? runner : first));
}

// Usually at a random time, and often in the renewal window, at the expiry, or in the second before it.
function nextCall({ model, random }: Runner, now: number): number {
  const ends = model.ends();
  const chance = random();
  const at =
    ends !== undefined && Number.isFinite(ends.at) && chance < 0.4
      ? edgeTime(ends, chance)
      : now + (chance < 0.55 ? between(random, 1, 20) * MINUTE : between(random, 3_600, 70 * 3_600) * SECOND);
  return at > now && at < now + 72 * HOUR ? at : now + between(random, 3_600, 70 * 3_600) * SECOND;
}

function edgeTime({ at, renewFrom }: { at: number; renewFrom: number }, chance: number): number {
  if (chance < 0.05) return at;
  if (chance < 0.1) return at - SECOND;
  if (chance < 0.15 || !Number.isFinite(renewFrom) || renewFrom > at) return at + 30 * SECOND;
  if (chance < 0.2) return renewFrom - SECOND;
  if (chance < 0.25) return renewFrom;
  return Math.floor((renewFrom + at) / 2 / SECOND) * SECOND;
}
