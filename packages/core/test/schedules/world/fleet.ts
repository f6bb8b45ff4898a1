import type { Board, Step } from "../search/board.ts";
import { type WorldClock, worldClock } from "./clock.ts";

/** A session of a world, and the observations about it. */
export interface Member {
  readonly name: string;
  readonly index: number;
  killed: boolean;
  closed: boolean;
  logins: number;
  /** The number of pending calls of `renew()`. */
  renewing: number;
  /** The current token, by its events. */
  held: string | undefined;
  /** When a call with that token, or its login, was last sent. */
  usedAt: number;
  /** Tokens for which it received a rejection. */
  readonly rejected: Set<string>;
  /** Tokens that it adopted from the store. */
  readonly adopted: Set<string>;
  readonly signedOut: Set<string>;
  /** Tokens from its logins that no later login has replaced. */
  readonly opened: Set<string>;
  /** Tokens that appeared expired on arrival, and are used until they are rejected. */
  readonly overAtLogin: Set<string>;
  /** Whether one of its logins has failed. */
  failed: boolean;
  /** The end of its pause without logins, by its events. */
  pausedUntil: number;
}

/** The sessions of a world, and their clock. */
export interface Fleet {
  readonly members: readonly Member[];
  readonly clock: WorldClock;
  /** Posts a step of a session, unless its process was killed. Returns a function that withdraws the step. */
  post(member: Member, step: Step): () => void;
  /** Returns a name for a step that does not depend on the steps of other sessions. */
  nameOf(member: Member, what: string): string;
  /** Withdraws all steps and timers of a session. */
  kill(member: Member): void;
}

export function createFleet(size: number, board: Board): Fleet {
  const clock = worldClock(board);
  const counts = new Map<string, number>();
  const posted = new Map<Member, Set<() => void>>();
  const members = Array.from({ length: size }, (_, index): Member => {
    return {
      name: `session ${index}`,
      index,
      killed: false,
      closed: false,
      logins: 0,
      renewing: 0,
      held: undefined,
      usedAt: 0,
      rejected: new Set(),
      adopted: new Set(),
      signedOut: new Set(),
      opened: new Set(),
      overAtLogin: new Set(),
      failed: false,
      pausedUntil: 0,
    };
  });
  for (const member of members) posted.set(member, new Set());
  return {
    members,
    clock,
    post(member, step) {
      if (member.killed) return () => {};
      const withdraw = board.post(step);
      posted.get(member)?.add(withdraw);
      return withdraw;
    },
    nameOf(member, what) {
      const name = `${member.name}: ${what}`;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return count === 1 ? name : `${name} (${count})`;
    },
    kill(member) {
      member.killed = true;
      for (const withdraw of posted.get(member) ?? []) withdraw();
      clock.stop(member.name);
    },
  };
}
