import { isVmsError, type Session } from "@vms/core";
import type { Served } from "../served-session.ts";

/** How a session is doing, as `/ready` says to callers with the token. */
interface SessionStatus {
  readonly ready: boolean;
  /** `health.state` of the session; `"failed"` if it could not be created. */
  readonly state: string;
  /** The code of the last login or renewal that failed; `"unknown"` for an error without a code. */
  readonly lastFailure?: string;
  /** Seconds until the session expires, if that is known. */
  readonly expiresIn?: number;
}

/** Knows whether the sessions can be used. */
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
 * A session that has expired stays ready, because the next request signs in; else a probe would keep sessions alive that
 * nobody uses. A session that has never signed in, or has failed to, is not ready. A check then starts its login, because a
 * proxy that is not ready may get no other request. The session itself limits its logins.
 * @param signal cancels these logins.
 * @param onFailure is called when such a login fails in another way than before.
 */
export function followReadiness(
  served: readonly Served[],
  signal: AbortSignal,
  onFailure: (error: unknown, served: Served) => void,
): Readiness {
  const followed = new Map(served.map((one) => [one, "error" in one ? undefined : follow(one.session)]));
  const isReady = (one: Served) => followed.get(one)?.isReady() ?? false;

  return {
    isReady,
    check() {
      for (const [one, session] of followed) session?.signIn(signal, (error) => onFailure(error, one));
      return served.some(isReady);
    },
    statuses: () => Object.fromEntries(served.map((one) => [one.name, statusOf(one, isReady(one))])),
    close() {
      for (const session of followed.values()) session?.close();
    },
  };
}

function follow(session: Session) {
  const isLive = () => session.health.state === "live" || session.health.state === "renewing";
  let hasSignedIn = isLive();
  let reported: string | undefined;
  const removers = [
    session.on("login", succeeded),
    session.on("renewed", succeeded),
    session.on("login_failed", () => {
      hasSignedIn = false;
    }),
  ];

  function succeeded(): void {
    hasSignedIn = true;
    reported = undefined;
  }

  const isReady = () => isLive() || (hasSignedIn && session.health.state !== "closed");
  return {
    isReady,
    signIn(signal: AbortSignal, onFailure: (error: unknown) => void) {
      // A session that was signed out stays so.
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

function statusOf(served: Served, ready: boolean): SessionStatus {
  if ("error" in served) return { ready, state: "failed", lastFailure: codeOf(served.error) };
  const { health, info } = served.session;
  const { lastFailure } = health;
  const expiresIn = secondsLeft(info?.expiresAt);
  return {
    ready,
    state: health.state,
    ...(lastFailure === undefined ? {} : { lastFailure: lastFailure.code ?? "unknown" }),
    ...(expiresIn === undefined ? {} : { expiresIn: Math.round(expiresIn) }),
  };
}

/** The seconds until a time. Negative if it has passed. */
export function secondsLeft(time: number | undefined): number | undefined {
  return time === undefined ? undefined : (time - Date.now()) / 1000;
}

/** The code of an error, for metrics and `/ready`. */
export function codeOf(error: unknown): string {
  return isVmsError(error) ? error.code : "unknown";
}
