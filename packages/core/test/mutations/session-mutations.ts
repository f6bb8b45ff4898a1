import type { Mutation } from "./mutation.ts";

const file = "session/state-machine.ts";

export const sessionMutations: readonly Mutation[] = [
  {
    removed: "the check in `rejected()` that the rejected credential is the current one",
    file,
    find: 'live.kind === "live" && sameSecret(live.record, sent.record) ? live : undefined',
    replace: 'live.kind === "live" ? live : undefined',
  },
  {
    removed: "the check of the lineage in `rotated()`",
    file,
    find: " || live.lineage !== lineage ||",
    replace: " ||",
  },
  {
    removed: "the shared login: each caller starts one",
    file,
    find: `this.#attempt ?? this.#begin({ mayAdopt: true, extend`,
    replace: `this.#begin({ mayAdopt: true, extend`,
  },
  {
    removed: "the expiry check in `use()`",
    file,
    find: "if (mustRenew(live, now)) return this.peek();",
    replace: "",
  },
  {
    removed: "the expiry check in `peek()`",
    file,
    find: "if (!mustRenew(live, this.clock.now())) return live;",
    replace: "return live;",
  },
  {
    removed: "the sign-out of a login that succeeds after `logout()`",
    file,
    find: "if (existed) return attempt.remainder;",
    replace: "if (existed || attempt.closed.aborted) return attempt.remainder;",
  },
  {
    removed: "the sign-out of a login that succeeds when all callers have just left",
    file,
    find: "if (existed) return attempt.remainder;",
    replace: "if (existed || attempt.signal.aborted) return attempt.remainder;",
  },
  {
    removed: "forgetting the refusal in `renew()`",
    file: "login/history/login-history.ts",
    find: `this.#refusals = undefined;
    this.wrongCodes = 0;`,
    replace: `this.wrongCodes = 0;`,
  },
  {
    removed: "forgetting the rejected codes in `renew()`",
    file: "login/history/login-history.ts",
    find: `this.#refusals = undefined;
    this.wrongCodes = 0;`,
    replace: `this.#refusals = undefined;`,
  },
  {
    removed: "the second login of `renew()` if its attempt has adopted a session",
    file,
    find: "return attempt.adopted ? this.renew(signal) : live;",
    replace: "return live;",
  },
  {
    removed: "the wait of `renew()` for an extension in progress",
    file,
    find: "await orAbort(attempt.settled, signal);",
    replace: "break;",
  },
  {
    removed: "leaving the state `signing-in` after a failed attempt",
    file,
    find: `if (!this.#drop(attempt)) attempt.held = undefined;`,
    replace: `if (this.#state.kind !== "live" || !this.#drop(attempt)) attempt.held = undefined;`,
  },
  {
    removed: "that a background renewal continues without callers",
    file,
    find: "const isOver = !attempt.background && (!attempt.sent || isCancellation(reason));",
    replace: "const isOver = !attempt.sent || isCancellation(reason);",
  },
  {
    removed: "the second attempt of a caller after a background renewal that may not prompt",
    file,
    find: `(error === attempt.notPrompted || error === attempt.held)`,
    replace: `error === attempt.held`,
  },
  {
    removed: "that a renewal which needs a person is not retried",
    file,
    find: "if (error === attempt.notPrompted) live.renewFrom = NEVER;",
    replace: "",
  },
  {
    removed: "the delay after a failed renewal",
    file,
    find: "retryAt: postponeRenewal(live, this.clock) });",
    replace: "retryAt: undefined });",
  },
  {
    removed: "the postponement of an extension that does not move the expiry",
    file: "state/renewal-time.ts",
    find: "live.failedRenewals = before.failedRenewals;\n  postponeRenewal(live, clock);",
    replace: "",
  },
  {
    removed: "that this postponement doubles",
    file: "state/renewal-time.ts",
    find: "live.failedRenewals = before.failedRenewals;",
    replace: "",
  },
  {
    removed: "that a login resets the pause after a failed one",
    file: "login/acquire-session.ts",
    find: "history.succeeded(clock.now());",
    replace: "history.forgetRefusals();",
  },
  {
    removed: "that no background renewal starts if no login is allowed",
    file,
    find: `shouldRenew(live, now) && this.#gate.mayRenew(live)`,
    replace: `shouldRenew(live, now)`,
  },
  {
    removed: "that calls fail immediately after a refusal",
    file: "session/login-gate.ts",
    find: `if (refusal !== undefined) throw refusal;`,
    replace: ``,
  },
  {
    removed: "counting the call that signed in as a use",
    file: "request/acquire.ts",
    find: `noteUse(live, engine.clock);`,
    replace: ``,
  },
  {
    removed: "that a session which appears expired on arrival is used until it is rejected",
    file: "state/live-session.ts",
    find: "Object.assign(live, { expiresAt: NEVER, renewFrom: NEVER, usedAt: now });",
    replace: "",
  },
  {
    removed: "cancelling the extension of a session that has ended",
    file,
    find: "if (renewal !== undefined && !extendable) renewal.extend = undefined;",
    replace: "",
  },
  {
    removed: "the state `closed` after `logout()`",
    file,
    find: "this.#state = CLOSED;",
    replace: "this.#state = SIGNED_OUT;",
  },
  {
    removed: "that calls fail in the state `closed`",
    file,
    find: `if (this.#state.kind === "closed") throw closedError(this.flow.vendor);
    const attempt =
      this.#attempt ??`,
    replace: `const attempt =
      this.#attempt ??`,
  },
  {
    removed: "that `renew()` fails in the state `closed`",
    file,
    find: `if (this.#state.kind === "closed") throw closedError(this.flow.vendor);
    const attempt = this.#attempt ?? this.#begin(this.#gate.enter("renew"));`,
    replace: `const attempt = this.#attempt ?? this.#begin(this.#gate.enter("renew"));`,
  },
  {
    removed: "that `login()` leaves the state `closed`",
    file,
    find: 'if (this.#state.kind === "closed") this.#state = SIGNED_OUT;',
    replace: "",
  },
  {
    removed: "that a second `logout()` does nothing",
    file: "session/create-session.ts",
    find: "const isFirst = !this.#engine.isClosed;",
    replace: "const isFirst = true;",
  },
  {
    removed: "the wait of `logout()` until the session of a failed login is ended",
    file: "login/release-session.ts",
    find: "() => Promise.all([attempt?.settled, abandoning])",
    replace: "() => Promise.resolve(attempt?.settled)",
  },
  {
    removed: "the wait of a login until a sign-out has removed the record from the store",
    file: "login/release-session.ts",
    find: "[waits ? forgotten : undefined, attempt?.settled]",
    replace: "[attempt?.settled]",
  },
  {
    removed: "the wait of a login until the login that `logout()` has dropped is over",
    file: "login/release-session.ts",
    find: "[waits ? forgotten : undefined, attempt?.settled]",
    replace: "[waits ? forgotten : undefined]",
  },
  {
    removed: "that a login which has sent a request continues when all callers have left",
    file,
    find: "const isOver = !attempt.background && (!attempt.sent || isCancellation(reason));",
    replace: "const isOver = !attempt.background;",
  },
  {
    removed: "the sign-out of a replaced session",
    file: "login/release-session.ts",
    find: "await runLogout(setup, await lastRecord(setup, replaced)).catch(() => {});",
    replace: "",
  },
  {
    removed: "that a replaced session is ended only after its last calls",
    file: "login/release-session.ts",
    find: "await lastCalls(setup, live);",
    replace: "",
  },
  {
    removed: "that the same credential is not ended if a login returns it again",
    file: "login/release-session.ts",
    find: "(by !== undefined && sameSecret(replaced.record, by.record))",
    replace: "false",
  },
  {
    removed: "that a replaced session of a store is left to expire",
    file: "login/release-session.ts",
    find: "replaced === undefined || repository !== undefined ||",
    replace: "replaced === undefined ||",
  },
  {
    removed: "the spread of the first renewals",
    file: "state/renewal-time.ts",
    find: "const earliest = isRenewal ? 0.9 : 0.5;",
    replace: "const earliest = 0.9;",
  },
  {
    removed: "the limiter of logins",
    file: "login/wait-for-turn.ts",
    find: "if (loginLimiter === undefined || !isLimited) return login();",
    replace: "if (loginLimiter !== null) return login();",
  },
];
