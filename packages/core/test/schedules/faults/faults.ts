import type { Mutation } from "../../mutations/mutation.ts";

/** A fault that the core had, or could have. */
interface Fault extends Mutation {
  /** The world that shows the fault. */
  readonly world: string;
}

/** The faults that are put back, to show that the schedules find them. */
export const faults: readonly Fault[] = [
  {
    removed: "a dead record is adopted from the store again after its rejection",
    world: "fleet-revoked",
    file: "login/acquire-session.ts",
    find: " || history.isSpent(stored)",
    replace: "",
  },
  {
    removed: "a record that is adopted and rejected immediately is not replaced by a login",
    world: "fleet-dead-record",
    file: "session/login-gate.ts",
    find: "if (rejections > 1 || (rejections === 1 && !(sent.adopted && sent.acceptedAt === undefined))) {",
    replace: "if (rejections > 0) {",
  },
  {
    // The list had 8 entries, and lost some in bursts of more than 8 calls. Here it has 2, for bursts of 3.
    removed: "the list of dead credentials loses entries, because a burst of rejections pushes them out",
    world: "fleet-dead-record",
    file: "login/history/login-history.ts",
    find: `    this.#spent.delete(secret);
    this.#spent.add(secret);`,
    replace: `    const self = this as { list?: string[] };
    self.list = [...(self.list ?? []), secret].slice(-2);
    this.#spent = new Set(self.list);`,
  },
  {
    removed: "a holder that has lost its lock writes its record over a newer one",
    world: "suspended-dead",
    file: "store/session-repository.ts",
    find: "if (lease !== undefined) return this.#save(record, lease.set);",
    replace: "if (lease !== undefined) return this.#save(record);",
  },
  {
    removed: "a session that waits for the lock does not read the store",
    world: "killed-with-lock",
    file: "login/wait-for-turn.ts",
    find: "watch().catch(() => {});",
    replace: "",
  },
  {
    removed: "an extension that omits the base URL resets it",
    world: "extend-nothing-new",
    file: "login/run-extend.ts",
    find: "extended.baseUrl ?? new URL(record.baseUrl)",
    replace: "extended.baseUrl",
  },
  {
    removed: "an extension that omits the idle time resets it",
    world: "extend-then-idle",
    file: "login/run-extend.ts",
    find: "idleTimeout = record.idleTimeout } = extended",
    replace: "idleTimeout } = extended",
  },
  {
    removed: "an extension that omits the expiry resets it",
    world: "extend-then-end",
    file: "login/run-extend.ts",
    find: "expiresAt = record.expiresAt,",
    replace: "expiresAt,",
  },
  {
    removed: "the last caller to leave aborts a login whose credentials were sent",
    world: "all-leave",
    file: "session/state-machine.ts",
    find: "const isOver = !attempt.background && (!attempt.sent || isCancellation(reason));",
    replace: "const isOver = !attempt.background;",
  },
  {
    removed: "each session of a store sends a wrong password",
    world: "fleet-refused",
    file: "login/acquire-session.ts",
    find: "await orReport(run, throwIfRefusedElsewhere(history, login, clock.now()));",
    replace: "",
  },
  {
    removed: "each session of a store signs in during the pause after a failed login",
    world: "fleet-503",
    file: "login/acquire-session.ts",
    find: "    recheck(attempt);\n    // A login continues",
    replace: "    // A login continues",
  },
  {
    removed: "a forbidden call is sent repeatedly, and signs in each time",
    world: "forbidden",
    file: "session/login-gate.ts",
    find: "if (rejections > 1 || (rejections === 1 && !(sent.adopted && sent.acceptedAt === undefined))) {",
    replace: "if (rejections > 100) {",
  },
  {
    removed: "a late rejection ends a newer session",
    world: "revoked",
    file: "session/state-machine.ts",
    find: 'live.kind === "live" && sameSecret(live.record, sent.record) ? live : undefined',
    replace: 'live.kind === "live" ? live : undefined',
  },
  {
    removed: "a login that succeeds after the sign-out stays open at the vendor",
    world: "sign-out-first",
    file: "session/state-machine.ts",
    find: "return Promise.all([attempt.remainder, undoLogin(this, live.record)]);",
    replace: "return attempt.remainder;",
  },
  {
    removed: "a dropped login is stored after the sign-out",
    world: "sign-out-store",
    file: "login/acquire-session.ts",
    find: "repository === undefined || attempt.dropped) return",
    replace: "repository === undefined) return",
  },
  {
    removed: "a login during a sign-out begins before the dropped login is over",
    world: "sign-in-again-beside",
    file: "login/release-session.ts",
    find: "[waits ? forgotten : undefined, attempt?.settled]",
    replace: "[waits ? forgotten : undefined]",
  },
  {
    removed: "a login during a sign-out adopts the session that the sign-out ends",
    world: "sign-in-again-other",
    file: "login/release-session.ts",
    find: "[waits ? forgotten : undefined, attempt?.settled]",
    replace: "[attempt?.settled]",
  },
  {
    removed: "renew() adopts a session from the store instead of signing in",
    world: "fleet-renew-first",
    file: "session/state-machine.ts",
    find: "return attempt.adopted ? this.renew(signal) : live;",
    replace: "return live;",
  },
];

/** Similar faults that no order of steps shows, and why. */
export const outOfReach: readonly { readonly fault: string; readonly why: string }[] = [
  {
    fault: "the results of `extend` and `login` are not checked: `data: undefined` is sent",
    why: "it depends on the shape of a value, not on the order",
  },
  {
    fault: "a store accepts a write by a lost lease",
    why: "it is in the stores for files and Redis: the store of a world rejects such writes itself",
  },
];
