import type { World } from "../world/world.ts";

/** What keeps a session in use for 18 s. */
const inUse = Array.from({ length: 18 }, (_, second) => ["pass 1000", `0 fetch w${second}`]).flat();

/** Worlds in which sessions end by time. */
export const time: readonly World[] = [
  {
    name: "expires",
    title: "no call is sent with a session that has expired",
    sessions: 1,
    vendor: { lifetime: 20_000 },
    before: ["0 login"],
    threads: ["0 fetch a", "0 fetch b", "pass 18500, pass 1500"],
    mostLogins: 2,
  },
  {
    name: "idle",
    title: "no call is sent with a session that has been idle for too long",
    sessions: 1,
    vendor: { idleTimeout: 15_000 },
    before: ["0 login"],
    threads: ["0 fetch a", "0 fetch b", "pass 9000, pass 9000"],
    mostLogins: 2,
  },
  {
    name: "extend",
    title: "calls go on beside an extension, also when the vendor ends the session",
    sessions: 1,
    vendor: { lifetime: 20_000, extends: "new token" },
    before: ["0 login", "pass 18500"],
    threads: ["0 fetch a", "0 fetch b", "0 fetch c", "revoke"],
    // The vendor may end the extended session after it has rejected the first one.
    alsoOutcomes: [401],
    mostLogins: 2,
  },
  {
    name: "extend-nothing-new",
    title: "an extension that says nothing new leaves the session as it was",
    sessions: 1,
    vendor: { lifetime: 20_000, idleTimeout: 15_000, extends: "nothing new", regional: true },
    before: ["0 login", "pass 9000", "0 fetch w", "pass 9500"],
    threads: ["0 fetch a", "0 fetch b", "0 logout"],
    alsoOutcomes: ["session_closed", 401],
    mostLogins: 1,
  },
  {
    name: "extend-then-idle",
    title: "an extension that says nothing new keeps the idle time",
    sessions: 1,
    vendor: { lifetime: 20_000, idleTimeout: 1_500, extends: "nothing new" },
    before: ["0 login", ...inUse],
    threads: ["0 fetch a, pass 1600, 0 fetch b", "0 fetch c"],
    mostLogins: 2,
  },
  {
    name: "extend-then-end",
    title: "an extension that says nothing new keeps the expiry",
    sessions: 1,
    vendor: { lifetime: 20_000, extends: "nothing new" },
    before: ["0 login", "pass 18500"],
    threads: ["0 fetch a, pass 1600, 0 fetch b", "0 fetch c"],
    mostLogins: 2,
  },
  {
    name: "renews-late",
    title: "a renewal that is still on its way at the expiry becomes the login",
    sessions: 1,
    vendor: { lifetime: 20_000 },
    before: ["0 login", "pass 18500"],
    threads: ["0 fetch a", "pass 1500, 0 fetch b", "0 fetch c", "leave b"],
    mostLogins: 2,
  },
  {
    name: "renews-signed-out",
    title: "a sign-out ends a renewal in the background, and what it opens",
    sessions: 1,
    vendor: { lifetime: 20_000 },
    before: ["0 login", "pass 18500"],
    threads: ["0 fetch a", "0 fetch b", "pass 1500", "0 logout"],
    alsoOutcomes: ["session_closed", 401],
    mostLogins: 2,
  },
  {
    name: "fleet-expires",
    title: "two sessions replace what has expired with one login",
    sessions: 2,
    store: "with locks",
    vendor: { lifetime: 20_000 },
    before: ["0 login", "1 login"],
    threads: ["0 fetch a", "1 fetch b", "pass 20000"],
    mostLogins: 2,
  },
];
