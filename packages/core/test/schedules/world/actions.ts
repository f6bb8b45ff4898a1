import type { Session } from "../../../src/contract/session.ts";
import type { Board } from "../search/board.ts";
import type { Caller, Callers } from "./callers.ts";
import type { Fleet, Member } from "./fleet.ts";
import type { WorldStore } from "./store.ts";
import type { Vendor } from "./vendor.ts";
import type { Witness } from "./witness.ts";

/** The objects that actions use. */
export interface Stage {
  readonly board: Board;
  readonly fleet: Fleet;
  readonly vendor: Vendor;
  readonly store: WorldStore;
  readonly witness: Witness;
  readonly callers: Callers;
  readonly sessions: readonly Session<string>[];
}

/** Posts the actions of a thread. Each waits for the previous one to end. */
export function postThread(stage: Stage, actions: readonly string[], before?: Caller): void {
  const [text, ...later] = actions;
  if (text === undefined) return;
  const [first = "", second = "", third = ""] = text.split(" ");
  const member = stage.fleet.members[Number(first)];
  const isOver = () => before === undefined || before.outcome !== undefined;
  if (member !== undefined) {
    stage.board.post({
      key: text,
      by: member.name,
      isReady: () => isOver() && !member.killed,
      run: () => postThread(stage, later, call(stage, member, second, third)),
    });
    return;
  }
  const { isReady, run } = event(stage, text, first, second);
  stage.board.post({
    key: text,
    isReady: () => isOver() && isReady(),
    async run() {
      await run();
      postThread(stage, later);
    },
  });
}

function call({ callers, sessions }: Stage, member: Member, what: string, name: string): Caller {
  const session = sessions[member.index];
  if (session === undefined) throw new Error(`There is no ${member.name}.`);
  return callers.start(what, member, session, name);
}

function event(stage: Stage, text: string, what: string, about: string) {
  const { board, callers, fleet, store, vendor, witness } = stage;
  const always = () => true;
  switch (what) {
    case "leave": {
      const find = () => callers.waiting().find((caller) => caller.what.endsWith(` ${about}`) && !caller.left);
      const leave = () => {
        const caller = find();
        if (caller === undefined) return;
        board.touch(caller.member.name, "changes");
        caller.left = true;
        caller.leaver.abort(new Error("the caller has left"));
      };
      return { isReady: () => find() !== undefined, run: leave };
    }
    case "revoke":
      return { isReady: always, run: vendor.revoke };
    case "kill": {
      const member = fleet.members[Number(about)];
      if (member === undefined) break;
      const kill = () => {
        board.touch(member.name, "changes");
        board.touch("the wire", "changes");
        witness.lockLost = true;
        fleet.kill(member);
        store.killed(member);
      };
      return { isReady: always, run: kill };
    }
    case "lose": {
      const lose = () => {
        board.touch("the wire", "changes");
        witness.lockLost = true;
        store.loseLock();
      };
      return { isReady: () => store.hasLock(fleet.members[Number(about || Number.NaN)]), run: lose };
    }
    case "pass":
      return { isReady: always, run: () => fleet.clock.pass(Number(about)) };
  }
  throw new Error(`There is no action "${text}".`);
}
