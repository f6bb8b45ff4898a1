import type { Session } from "@vms/core";
import type { Served } from "../served-session.ts";

/** The status of a session in the JSON of `/ready`. */
interface SessionStatus {
  readonly ready: boolean;
  /** `health.state` of the session; `"failed"` if it could not be created. */
  readonly state: string;
  /** The code of the last login or renewal that failed. */
  readonly lastFailure?: string;
  /** The time until the session expires, if that is known. */
  readonly expiresInSeconds?: number;
}

/** Returns the code of an error, for metrics and `/ready`. */
export type CodeOf = (error: unknown, served: Served) => string;

/** Whether the sessions can be used. */
export interface Readiness {
  /** Whether a session can be used. Starts the login of each session that cannot be used. */
  check(): boolean;
  /** Whether one session can be used. Sends nothing. */
  isReady(served: Served): boolean;
  /** The status of all sessions by name. Sends nothing. */
  statuses(): Readonly<Record<string, SessionStatus>>;
  /** Removes its listeners from the sessions. */
  close(): void;
}

/**
 * Follows the sessions.
 *
 * An expired session stays ready, because the next request signs in. Otherwise a probe would keep unused sessions alive. A
 * session that has not signed in, or has failed to, is not ready. A check then starts its login, because a proxy that is not
 * ready may receive no other request. The session itself limits its logins.
 * @param signal cancels these logins.
 * @param codeOf returns the code of an error.
 * @param onFailure is called when such a login fails in another way than before.
 */
export function followReadiness(
  served: readonly Served[],
  signal: AbortSignal,
  codeOf: CodeOf,
  onFailure: (error: unknown, served: Served) => void,
): Readiness {
  const followed = new Map(
    served.map((one) => [one, "error" in one ? undefined : follow(one.session, (error) => codeOf(error, one))]),
  );
  const isReady = (one: Served) => followed.get(one)?.isReady() ?? false;

  return {
    isReady,
    check() {
      for (const [one, session] of followed) session?.signIn(signal, (error) => onFailure(error, one));
      return served.some(isReady);
    },
    statuses: () => Object.fromEntries(served.map((one) => [one.name, statusOf(one)])),
    close() {
      for (const session of followed.values()) session?.close();
    },
  };

  function statusOf(one: Served): SessionStatus {
    if ("error" in one) return { ready: false, state: "failed", lastFailure: codeOf(one.error, one) };
    const { health, info } = one.session;
    const lastFailure = followed.get(one)?.lastFailure() ?? health.lastFailure?.code;
    const left = secondsLeft(info?.expiresAt);
    return {
      ready: isReady(one),
      state: health.state,
      ...(lastFailure === undefined ? {} : { lastFailure }),
      ...(left === undefined ? {} : { expiresInSeconds: Math.round(left) }),
    };
  }
}

function follow(session: Session, codeOf: (error: unknown) => string) {
  const isLive = () => session.health.state === "live" || session.health.state === "renewing";
  let hasSignedIn = isLive();
  let lastFailure: string | undefined;
  let reported: string | undefined;
  const removers = [
    session.on("login", succeeded),
    session.on("renewed", succeeded),
    session.on("login_failed", ({ error }) => {
      hasSignedIn = false;
      lastFailure = codeOf(error);
    }),
    session.on("renewal_failed", ({ error }) => {
      lastFailure = codeOf(error);
    }),
  ];

  function succeeded(): void {
    hasSignedIn = true;
    reported = undefined;
  }

  const isReady = () => isLive() || (hasSignedIn && session.health.state !== "closed");
  return {
    isReady,
    lastFailure: () => lastFailure,
    signIn(signal: AbortSignal, onFailure: (error: unknown) => void) {
      // A session stays signed out after `logout()`.
      if (isReady() || session.health.state !== "signed_out") return;
      session.login({ signal }).catch((error: unknown) => {
        const code = codeOf(error);
        if (signal.aborted || code === reported) return;
        reported = code;
        onFailure(error);
      });
    },
    close() {
      for (const remove of removers) remove();
    },
  };
}

/** The seconds until a time. Negative if it has passed. */
export function secondsLeft(time: number | undefined): number | undefined {
  return time === undefined ? undefined : (time - Date.now()) / 1000;
}
