import type { Session } from "../../src/contract/session.ts";
import { isVmsError } from "../../src/errors/is-vms-error.ts";
import type { Vendor } from "./vendor.ts";
import type { Watched } from "./watched.ts";
import type { Witness } from "./witness.ts";

/** A caller that waits for a session. */
interface Caller {
  readonly what: string;
  readonly session: Watched;
  readonly began: number;
  /** Whether the session was signed out when the caller started to wait. */
  readonly closed: boolean;
  /** Whether the credentials could already be known as refused then. */
  readonly refused: boolean;
  readonly leaver: AbortController | undefined;
  readonly reason: Error;
  leftAt: number | undefined;
  /** A status, "done", or the error. */
  outcome: unknown;
}

type Start = (session: Watched, real: Session<string>, leaves: boolean) => Caller;

/** All callers of a history, and the check of their results. */
export interface Callers {
  readonly all: readonly Caller[];
  waiting(): Caller[];
  readonly fetch: Start;
  readonly http: Start;
  readonly authorization: Start;
  readonly login: Start;
  readonly renew: Start;
  readonly logout: Start;
  leave(caller: Caller): void;
}

export function callersOf(vendor: Vendor, witness: Witness, sharesFailures: boolean): Callers {
  const all: Caller[] = [];

  function start(
    what: string,
    session: Watched,
    leaves: boolean,
    run: (signal: { signal?: AbortSignal }) => Promise<unknown>,
  ): Caller {
    const leaver = leaves ? new AbortController() : undefined;
    const name = `${what} ${all.length} of ${session.index}`;
    const caller: Caller = {
      what: name,
      session,
      began: witness.moment,
      closed: session.closed,
      refused: session.mayBeRefused,
      leaver,
      reason: new Error(`left by ${name}`),
      leftAt: undefined,
      outcome: undefined,
    };
    all.push(caller);
    run(leaver === undefined ? {} : { signal: leaver.signal }).then(
      (outcome) => came(caller, outcome),
      (error: unknown) => failed(caller, error),
    );
    return caller;
  }

  function came(caller: Caller, outcome: unknown): void {
    caller.outcome = outcome;
    left(caller);
  }

  // Guarantee 4: a caller that leaves at the moment of the response may get either result.
  function left({ leftAt, what }: Caller): void {
    if (leftAt !== undefined && leftAt < witness.moment) witness.breaks("G4", `${what} left, and was held back`);
  }

  function failed(caller: Caller, error: unknown): void {
    caller.outcome = error;
    const { session, began, what } = caller;
    left(caller);
    if (error === caller.reason) {
      if (caller.leftAt === undefined) witness.breaks("G4", `${what} did not leave, but got its own reason`);
      return;
    }
    const { at } = session;
    const mayBeRefused = session.mayBeRefused || (sharesFailures && witness.failedAt >= 0);
    const isCall = what.startsWith("call");
    const isLogout = what.startsWith("logout");
    if (!isVmsError(error)) {
      const lost = isCall && vendor.lastStatus.get(callOf(what)) === "none" && isNetworkError(error);
      if (!lost) witness.breaks("G4", `${what} failed with ${String(error)}`);
    } else if (isLogout) {
      if (at.badLogout < began) witness.breaks("G14", `${what} failed with ${error.message}`);
    } else if (error.code === "session_closed") {
      if (!caller.closed && at.closing < began) witness.breaks("G14", `${what} failed with ${error.message}`);
    } else if (error.code === "invalid_credentials") {
      if (!caller.refused && !mayBeRefused && at.refusal < began)
        witness.breaks("G10", `${what} failed with ${error.message}`);
    } else if (error.code === "unexpected_response" && (caller.refused || mayBeRefused)) {
      // A remembered refusal, which another caller or session can have received.
    } else if (at.trouble < began && error !== session.failure?.error && !(sharesFailures && witness.failedAt >= 0)) {
      witness.breaks("G1", `${what} failed with ${error.message}, but no login did`);
    }
  }

  function answered(caller: Caller, status: number): number {
    const call = callOf(caller.what);
    const { session } = caller;
    const sendings = vendor.sent.get(call)?.length ?? 0;
    // Guarantee 17: after a login of any session in the store failed or did not help, a rejection may be returned.
    const didNotHelp = session.unhelped || (sharesFailures && [...vendor.sent.values()].some((all) => all.length >= 2));
    const limited = didNotHelp || witness.isPaused(session) || (sharesFailures && witness.failedAt >= 0);
    if (status !== 200 && !(status === 401 && (sendings >= 2 || limited))) {
      witness.breaks("G3", `${caller.what} ended in ${status} after ${sendings} sendings`);
    }
    if (status === 401 && sendings >= 2) session.unhelped = true;
    return status;
  }

  const self: Callers = {
    all,
    waiting: () => all.filter(({ outcome }) => outcome === undefined),
    fetch(session, real, leaves) {
      const { held } = session;
      const live = held !== undefined && real.info !== undefined;
      const caller: Caller = start("call", session, leaves, (wait) =>
        real.fetch(`call/${all.length - 1}`, wait).then(({ status }) => answered(caller, status)),
      );
      // Guarantee 6: no caller waits while the record is live.
      if (live && vendor.sent.get(callOf(caller.what))?.length !== 1) {
        witness.breaks("G6", `${caller.what} had to wait although ${held.token} is live`);
      }
      return caller;
    },
    http(session, real, leaves) {
      const caller: Caller = start("call", session, leaves, (wait) =>
        real.http
          .get(`call/${all.length - 1}`, { ...wait, retry: 0, timeout: false, throwHttpErrors: false })
          .then(({ status }) => answered(caller, status)),
      );
      return caller;
    },
    authorization(session, real, leaves) {
      return start("authorization", session, leaves, async (wait) => {
        await real.authorization(wait);
        return "done";
      });
    },
    login(session, real, leaves) {
      session.closed = false;
      return start("login", session, leaves, async (wait) => {
        await real.login(wait);
        return "done";
      });
    },
    renew(session, real, leaves) {
      const known = new Set([...session.heard].filter(([, held]) => held).map(([token]) => token));
      session.refused = undefined;
      const { failure } = session;
      if (isVmsError(failure?.error) && failure.error.code === "unexpected_response") session.failure = undefined;
      session.renewing++;
      const caller = start("renew", session, leaves, async (wait) => {
        try {
          const { user } = await real.renew(wait);
          if (!session.heard.has(user) || known.has(user))
            witness.breaks("G1", `renew() yielded ${user}, which is not new`);
        } finally {
          session.renewing--;
        }
        return "done";
      });
      // A renew() at the moment of a refusal is too early to lift it.
      if (session.at.refusal < witness.moment) session.mayBeRefused = false;
      return caller;
    },
    logout(session, real, leaves) {
      const doomed = session.closed ? undefined : session.held?.token;
      if (!session.closed) session.at.closing = witness.moment;
      const info = real.info;
      const caller = start("logout", session, leaves, async (wait) => {
        try {
          await real.logout(wait);
        } finally {
          const gone = info === undefined || doomed === undefined || session.signedOut.has(doomed);
          if (!gone && caller.leftAt === undefined) witness.breaks("G14", `${doomed} was not ended at the vendor`);
        }
        return "done";
      });
      session.closed = true;
      witness.leaves(session);
      return caller;
    },
    leave(caller) {
      caller.leftAt = witness.moment;
      caller.leaver?.abort(caller.reason);
    },
  };
  return self;
}

// As `fetch` and ky report a failure.
function isNetworkError(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof Error && error.name === "NetworkError");
}

function callOf(what: string): string {
  return what.split(" ")[1] ?? "";
}
