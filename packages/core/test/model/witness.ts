import type { SessionEvent } from "../../src/contract/events/session-events.ts";
import { isVmsError } from "../../src/errors/is-vms-error.ts";
import type { System } from "./systems.ts";
import { type Held, isDue, isOver, type Watched } from "./watched.ts";

/** Observes all requests and events of the sessions, and checks them against the guarantees. */
export interface Witness {
  /** The number of scheduled steps so far. Effects with the same number belong to one step. */
  moment: number;
  /** The moment of the latest failed login. Sessions with one store share it. */
  failedAt: number;
  readonly broken: string[];
  /** The first token of each token that a rotation or an extension returned. */
  readonly roots: Map<string, string>;
  /** Records that a guarantee does not hold. */
  breaks(guarantee: string, what: string): void;
  /** A session is about to send a login or an extension. */
  asks(session: Watched, what: "login" | "extend", password: string | undefined): void;
  /** A login or an extension begins, with its first attempt. */
  begins(session: Watched): void;
  /** Whether the session is in the pause after a failed login. */
  isPaused(session: Watched): boolean;
  sends(session: Watched, token: string): void;
  hears(session: Watched, event: SessionEvent): void;
  /** A session drops its record. */
  leaves(session: Watched): void;
}

export function witness(system: System, now: () => number): Witness {
  const self: Witness = {
    moment: 0,
    failedAt: -1,
    broken: [],
    roots: new Map(),
    breaks(guarantee, what) {
      self.broken.push(`${guarantee}: ${what}`);
    },
    asks(session, what, password) {
      if (password !== undefined) session.asked = password;
      if (session.closed) self.breaks("G14", `a ${what} was sent by a session that is signed out`);
      if (password !== undefined && password === session.refused && isBefore(session.at.refusal)) {
        self.breaks("G10", "a refused password was sent again");
      }
      const { failure } = session;
      const isOther = failure?.password !== undefined && failure.password !== password;
      if (what === "login" && isBefore(failure?.moment) && self.isPaused(session) && !isOther) {
        self.breaks("G17", "a login was sent during the pause after a failed one");
      }
    },
    isPaused: ({ failure }) => failure !== undefined && now() < failure.until,
    begins(session) {
      const { held } = session;
      if (held === undefined || isOver(system, held, now()) || session.renewing > 0) return;
      if (!isDue(held, now()))
        self.breaks("G2", `a login or an extension began although ${held.token} is live and not due`);
      else if (now() < session.retryAt) self.breaks("G6", "a renewal began before its wait was over");
    },
    sends(session, token) {
      const { held, left } = session;
      if (isKnown(session.signedOut, token)) self.breaks("G14", `a call was sent with ${token}, which was signed out`);
      // Guarantee 17: after a login that failed or did not help, a rejected session may stay in use.
      if (!session.unhelped && session.failure === undefined && isKnown(session.rejected, token))
        self.breaks("G3", `a call was sent with ${token}, which was rejected`);
      if (held?.token === token) {
        if (isOver(system, held, now())) self.breaks("G7", `a call was sent with ${token}, which has ended`);
        held.usedAt = now();
      } else if (held !== undefined) {
        self.breaks("G2", `a call was sent with ${token} although ${held.token} is live`);
      } else if (system.sharing === 2 && left?.token === token && session.rejected.has(token)) {
        // It was rejected, but stays in use, because the stored limits forbid a login.
        hold(session, left);
      } else if (left?.token !== token || left.moment !== self.moment) {
        // A caller that has waited for a session may use it once at the moment of its expiry.
        self.breaks("G7", `a call was sent with ${token}, which its session does not hold`);
      }
    },
    leaves(session) {
      if (session.held !== undefined) session.left = { ...session.held, moment: self.moment };
      session.held = undefined;
    },
    hears(session, event) {
      const { offer } = session;
      switch (event.type) {
        case "login":
          session.failure = undefined;
          // After a sign-out, a session that the vendor had rejected before does not count as replaced.
          if (session.rejected.has(session.left?.token ?? "") && session.at.closing < (session.left?.moment ?? 0))
            replace(session, session.left);
          return hold(session, event.from === "store" ? offer.store : offer.login);
        case "renewed":
          if (event.by === "login") {
            session.failure = undefined;
            replace(session, session.held);
          }
          return hold(session, offer[event.by === "cookies" ? "login" : event.by]);
        case "rotated":
          // The expiry and the delay after a failed renewal do not change.
          rotate(session);
          return;
        case "login_failed":
          self.failedAt = self.moment;
          session.failure = {
            error: event.error,
            until: event.retryAt ?? 0,
            moment: self.moment,
            // A refusal applies to its password, a pause to all logins.
            password: isVmsError(event.error) && event.error.code === "unexpected_response" ? session.asked : undefined,
          };
          return;
        case "renewal_failed":
          session.retryAt = event.retryAt ?? 0;
          return;
        case "rejected":
          if (!session.rejected.has(session.held?.token ?? "")) {
            self.breaks("G2", `${session.held?.token} was dropped, but no call with it was rejected`);
          }
          return self.leaves(session);
        case "expired":
          if (event.overAtLogin) {
            if (session.held !== undefined)
              session.held = { ...session.held, end: Number.POSITIVE_INFINITY, usedAt: now() };
            return;
          }
          // A session that stays in use because of the stored limits is held again without an event.
          if (system.sharing === 2 && session.held === undefined && session.left !== undefined) return;
          if (session.held === undefined || !isOver(system, session.held, now())) {
            self.breaks("G8", `${session.held?.token} was considered expired too early`);
          }
          return self.leaves(session);
      }
    },
  };

  const isBefore = (moment: number | undefined) => moment !== undefined && moment < self.moment;

  // While one session stores a use, it may briefly restore a record that the other session with the same store has dropped.
  function isKnown(tokens: ReadonlyMap<string, number>, token: string): boolean {
    return system.sharing < 2 && isBefore(tokens.get(token));
  }

  function rotate(session: Watched): void {
    const { held, rotated } = session;
    const rootOf = (token: string) => self.roots.get(token) ?? token;
    if (held === undefined) self.breaks("G14", "a rotation brought back what had ended");
    else if (rootOf(rotated.from) !== rootOf(held.token))
      self.breaks("G2", `${rotated.token} replaced a newer session`);
    else session.held = { ...held, token: rotated.token };
  }

  function replace(session: Watched, before: Held | undefined): void {
    if (before !== undefined && !isOver(system, before, now())) session.replaced.add(before.token);
  }

  function hold(session: Watched, held: Held | undefined): void {
    if (session.closed) self.breaks("G14", "a signed-out session became live");
    if (held === undefined) {
      self.breaks("G15", "a session has data that nobody gave it");
      return;
    }
    if (session.heard.has(held.token)) session.heard.set(held.token, true);
    session.held = { ...held };
    session.retryAt = 0;
  }

  return self;
}
