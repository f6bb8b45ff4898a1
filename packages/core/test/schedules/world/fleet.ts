import type { Board, Step } from "../search/board.ts";
import { type WorldClock, worldClock } from "./clock.ts";

/** One session of a world, and what is known of it. */
export interface Member {
  readonly name: string;
  readonly index: number;
  /** Whether its process is gone. */
  killed: boolean;
  /** Whether it was signed out. */
  closed: boolean;
  /** Logins that were answered with a session. */
  logins: number;
  /** Calls of `renew()` that have not ended. */
  renewing: number;
  /** The token that it uses, as its events say. */
  held: string | undefined;
  /** When a call was last sent with that token, or its login. */
  usedAt: number;
  /** Tokens that were rejected in answers that it got. */
  readonly rejected: Set<string>;
  /** Tokens that it took from the store. */
  readonly adopted: Set<string>;
  /** Tokens that it signed out. */
  readonly signedOut: Set<string>;
  /** Tokens that its logins were answered with, and that no later one has replaced. */
  readonly opened: Set<string>;
  /** Tokens that it uses until they are rejected, because they seemed to have ended when they came. */
  readonly overAtLogin: Set<string>;
  /** Whether a login of it has failed. */
  failed: boolean;
  /** Until when it may send no login, as its events say. */
  pausedUntil: number;
}

/** The sessions of a world and their time. */
export interface Fleet {
  readonly members: readonly Member[];
  readonly clock: WorldClock;
  /** Posts a step of a session, unless its process is gone. Returns a function that withdraws it. */
  post(member: Member, step: Step): () => void;
  /** A name that is the same in all orders that differ only in what other sessions do. */
  nameOf(member: Member, what: string): string;
  /** Nothing of a session happens any more. */
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
