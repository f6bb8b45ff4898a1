import type { World } from "../world/world.ts";

/** Worlds with a sign-out. */
export const signOut: readonly World[] = [
  {
    name: "sign-out-first",
    title: "nothing is sent and nothing is left open after a sign-out during the first login",
    sessions: 1,
    threads: ["0 fetch a", "0 fetch b", "0 logout", "leave a"],
    alsoOutcomes: ["session_closed"],
    mostLogins: 1,
  },
  {
    name: "sign-out-revoked",
    title: "nothing is sent after a sign-out, also when the vendor ends the session",
    sessions: 1,
    before: ["0 login"],
    threads: ["0 fetch a", "0 fetch b", "0 logout", "revoke"],
    alsoOutcomes: ["session_closed", 401],
    mostLogins: 2,
  },
  {
    name: "sign-out-renewal",
    title: "a sign-out drops a renewal, and ends what it opened",
    sessions: 1,
    before: ["0 login"],
    threads: ["0 renew", "0 fetch a", "0 logout", "leave a"],
    alsoOutcomes: ["session_closed", 401],
    mostLogins: 2,
  },
  {
    name: "sign-out-store",
    title: "nothing is left in the store after a sign-out during the first login",
    sessions: 1,
    store: "with locks",
    threads: ["0 fetch a", "0 fetch b", "0 logout"],
    alsoOutcomes: ["session_closed", 401],
    mostLogins: 1,
  },
  {
    name: "sign-in-again",
    title: "a login after a sign-out waits for it, and gets a session of its own",
    sessions: 1,
    threads: ["0 fetch a", "0 logout, 0 login", "0 fetch b"],
    alsoOutcomes: ["session_closed", 401],
    mostLogins: 2,
  },
  {
    name: "sign-in-again-soon",
    title: "a login beside a sign-out waits for it, also with a store",
    sessions: 1,
    store: "with locks",
    threads: ["0 fetch a", "0 logout", "0 login"],
    alsoOutcomes: ["session_closed", 401],
    mostLogins: 2,
  },
  {
    name: "sign-out-fleet",
    title: "a sign-out of one session leaves the other one usable",
    sessions: 2,
    store: "with locks",
    threads: ["0 fetch a", "1 fetch b", "0 logout"],
    alsoOutcomes: ["session_closed", 401],
    // A dropped login, and one more if the sign-out ends the session that the store has from the other one.
    mostLogins: 3,
  },
];
