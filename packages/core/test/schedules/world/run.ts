import { checkOptions } from "../../../src/contract/settings.ts";
import { openSession } from "../../../src/session/create-session.ts";
import { createBoard, type Posted, type Step, type Taken } from "../search/board.ts";
import { postThread, type Stage } from "./actions.ts";
import { createCallers } from "./callers.ts";
import { createFleet, type Member } from "./fleet.ts";
import { flowOf } from "./flow.ts";
import { SECRET } from "./names.ts";
import { createStore } from "./store.ts";
import { createVendor } from "./vendor.ts";
import { createWitness } from "./witness.ts";
import type { World } from "./world.ts";

/** How often time alone may pass in a row before a world counts as endless. */
const MOST_TICKS = 200;

/** A running schedule of a world. */
export interface Run {
  /** The steps that can run next. Empty: the schedule is over. */
  ready(): readonly Step[];
  take(step: Step): Promise<Taken>;
  /** All posted steps by key, ready or not. */
  posted(): ReadonlyMap<string, Posted>;
  /** Lets all work complete, and makes a plain call with each session. */
  end(): Promise<void>;
  readonly broken: readonly string[];
}

/** Starts a schedule. The actions of `before` have already run to completion. */
export async function begin(world: World): Promise<Run> {
  const board = createBoard();
  const fleet = createFleet(world.sessions, board);
  const { clock, members } = fleet;
  const witness = createWitness(world, board, fleet);
  const vendor = createVendor(world, board, fleet, witness);
  const store = createStore(world, board, fleet, witness);
  const callers = createCallers(world, witness, clock.now);
  const waitsSince = (member: Member) =>
    Math.min(...callers.waiting().flatMap((caller) => (caller.member === member ? [caller.startedAt] : [])));
  witness.facts = { stored: store.stored, isAlive: vendor.isAlive, waitsSince };
  const sessions = members.map((member) => {
    const session = openSession(
      flowOf(world, member.opened, witness, clock.now),
      checkOptions("fake", {
        credentials: { username: "operator", password: `${SECRET}-password` },
        fetch: vendor.fetchOf(member),
        retry: { attempts: 2 },
        // Each world has its own limit of logins.
        loginBudget: { atOnce: 100, perMinute: 100 },
        ...(world.store === undefined ? {} : { store: store.storeOf(member) }),
      }),
      clock.clockOf(member.name),
    );
    for (const type of EVENTS) session.on(type, (event) => witness.hears(member, event));
    return session;
  });
  const stage: Stage = { board, fleet, vendor, store, witness, callers, sessions };
  let ticks = world.ticks ?? 0;
  let ticked = 0;
  const tickKey = () => `time passes (${ticked + 1})`;

  function ready(): readonly Step[] {
    const steps = board.ready();
    if (clock.pending === 0 || (steps.length > 0 && ticks === 0)) return steps;
    if (steps.length === 0 && ticked > MOST_TICKS) return steps;
    const run = () => {
      if (steps.length > 0) ticks--;
      ticked++;
      clock.tick();
    };
    return [...steps, { key: tickKey(), run }];
  }

  async function rest(): Promise<void> {
    for (let [step] = ready(); step !== undefined; [step] = ready()) await board.take(step);
  }

  async function act(text: string): Promise<void> {
    postThread(stage, [text]);
    await rest();
  }

  async function end(): Promise<void> {
    for (const { what } of callers.waiting()) witness.breaks("liveness", `${what} was never answered`);
    if (clock.pending > 0) witness.breaks("G6", `${clock.pending} timers are left when nothing runs`);
    checkSignOuts(world, stage);
    witness.isEnding = true;
    vendor.recover();
    // Longer than any pause.
    await clock.pass(700_000);
    for (const { name, index, closed, failed, killed } of members) {
      if (killed) continue;
      const last = callers.all.length;
      if (closed) await act(`${index} login last-login`);
      if (failed && world.vendor?.refuses !== true) await act(`${index} renew last-renewal`);
      await act(`${index} fetch last-call-of-${index}`);
      const bad = callers.all.slice(last).find(({ outcome }) => outcome !== 200 && outcome !== "done");
      const isRefused = world.vendor?.refuses === true && bad?.outcome === "invalid_credentials";
      if (bad !== undefined && !isRefused) {
        witness.breaks("liveness", `in the end, ${bad.what} of ${name} resulted in ${bad.outcome}`);
      }
    }
  }

  for (const text of world.before ?? []) await act(text);
  board.restart();
  for (const thread of world.threads) postThread(stage, thread.split(", "));
  return {
    ready,
    end,
    take: (step) => board.take(step),
    posted: () => new Map([...board.posted(), [tickKey(), { creator: -1, takes: undefined }]]),
    broken: witness.broken,
  };
}

const EVENTS = [
  "login_started",
  "login",
  "login_failed",
  "login_limited",
  "renewed",
  "renewal_failed",
  "rejected",
  "resent",
  "expired",
  "logout",
  "store_failed",
] as const;

// Guarantee 14: a signed-out session is gone.
function checkSignOuts(world: World, { fleet, store, vendor, witness }: Stage): void {
  const { members } = fleet;
  if (members.every(({ closed, killed }) => closed && !killed) && store.stored().token !== undefined) {
    witness.breaks("G14", "the store has a session after the sign-out");
  }
  for (const { name, closed, killed, opened } of members) {
    if (!closed || killed || members.length > 1 || world.vendor?.forbidden !== undefined) continue;
    for (const token of opened) {
      if (vendor.isAlive(token)) witness.breaks("G14", `a session of ${name} is open at the vendor after its sign-out`);
    }
  }
}
