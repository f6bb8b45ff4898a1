import type { Session } from "../../../src/contract/session.ts";
import { isVmsError } from "../../../src/errors/is-vms-error.ts";
import type { Member } from "./fleet.ts";
import type { Witness } from "./witness.ts";
import type { Outcome, World } from "./world.ts";

/** A caller that waits for a session. */
export interface Caller {
  readonly what: string;
  readonly member: Member;
  readonly startedAt: number;
  readonly leaver: AbortController;
  left: boolean;
  /** Its result. */
  outcome: Outcome | undefined;
}

export interface Callers {
  readonly all: Caller[];
  start(what: string, member: Member, session: Session<string>, call: string): Caller;
  /** The callers whose result can still arrive. */
  waiting(): readonly Caller[];
}

export function createCallers(world: World, witness: Witness, now: () => number): Callers {
  const usual: readonly Outcome[] = [200, "done", ...(world.alsoOutcomes ?? [])];

  function outcomeOf(caller: Caller, error: unknown): Outcome {
    if (error === caller.leaver.signal.reason) return "left";
    witness.shows(caller.what, error);
    if (isVmsError(error)) return error.code;
    return error instanceof TypeError ? "network" : String(error);
  }

  async function run(caller: Caller, work: () => Promise<Outcome>): Promise<void> {
    const outcome = await work().catch((error: unknown) => outcomeOf(caller, error));
    caller.outcome = outcome;
    if (outcome === "left" && !caller.left) witness.breaks("G4", `${caller.what} ended by the abort of another one`);
    const mayBe401 = world.vendor?.forbidden?.some((call) => caller.what === `fetch ${call}`);
    if (outcome === "left" || usual.includes(outcome) || (outcome === 401 && mayBe401)) return;
    witness.breaks("liveness", `${caller.what} resulted in ${outcome}`);
  }

  const all: Caller[] = [];
  return {
    all,
    waiting: () => all.filter(({ outcome, member }) => outcome === undefined && !member.killed),
    start(what, member, session, call) {
      const name = `${what} ${call}`.trim();
      const leaver = new AbortController();
      const caller: Caller = { what: name, member, startedAt: now(), leaver, left: false, outcome: undefined };
      const { signal } = leaver;
      all.push(caller);
      void run(caller, async () => {
        if (what === "fetch") return (await session.fetch(`call/${call}`, { signal })).status;
        if (what === "authorization") await session.authorization({ signal });
        else if (what === "login") {
          member.closed = false;
          await session.login({ signal });
        } else if (what === "logout" || what === "close") {
          member.closed = true;
          member.held = undefined;
          await session[what]({ signal });
        } else if (what === "renew") {
          member.renewing++;
          const { logins } = member;
          await session.renew({ signal }).finally(() => void member.renewing--);
          if (member.logins === logins) witness.breaks("liveness", `${name} ended without a login`);
        } else throw new RangeError(`There is no call "${what}".`);
        return "done";
      });
      return caller;
    },
  };
}
