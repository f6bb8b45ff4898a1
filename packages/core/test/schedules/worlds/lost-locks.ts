import type { World } from "../world/world.ts";

/** Worlds in which a process is killed or suspended. */
export const lostLocks: readonly World[] = [
  {
    name: "killed",
    title: "a session is usable although the process that signed in was killed",
    sessions: 2,
    store: "with locks",
    threads: ["0 fetch a", "1 fetch b", "1 fetch c", "kill 0"],
    mostLogins: 2,
  },
  {
    name: "killed-with-lock",
    title: "a waiter finds the session of a killed process that never released its lock",
    sessions: 2,
    store: "with locks",
    locksOutlive: true,
    // It can then be killed between the effect of its write and the release of its lock.
    slowStore: true,
    threads: ["0 fetch a", "1 fetch b", "kill 0"],
    mostLogins: 2,
  },
  {
    name: "suspended",
    title: "a process that lost its lock while it was suspended overwrites no newer session",
    sessions: 2,
    store: "with locks",
    threads: ["0 fetch a", "1 fetch b", "lose"],
    mostLogins: 2,
  },
  {
    name: "suspended-dead",
    title: "a process that lost its lock without notice does not overwrite a newer session with its dead one",
    sessions: 2,
    store: "with locks",
    neverHears: true,
    vendor: { endsFirstOf: 0 },
    threads: ["0 fetch a", "1 fetch b", "lose 0"],
    mostLogins: 2,
  },
  {
    name: "suspended-revoked",
    title: "a process that lost its lock leaves no dead session for the others",
    sessions: 2,
    store: "with locks",
    threads: ["0 fetch a", "1 fetch b", "lose", "revoke"],
    // Each session signs in once, and again after all sessions have ended.
    mostLogins: 4,
  },
  {
    name: "no-locks",
    title: "two sessions that share a store without locks get their responses",
    sessions: 2,
    store: "without locks",
    threads: ["0 fetch a", "1 fetch b", "revoke"],
    mostLogins: 4,
  },
];
