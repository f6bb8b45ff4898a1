import type { SessionHealth } from "../contract/events/session-health.ts";
import type { LoginHistory } from "../login/history/login-history.ts";
import { lasts, refill } from "../login/history/login-rules.ts";
import type { SessionSetup } from "../login/session-setup.ts";
import { mustRenew } from "../state/live-session.ts";
import type { SessionState } from "./session-state.ts";

export function healthOf<Data, User>(
  { settings, clock }: SessionSetup<Data, User>,
  state: SessionState<Data, User>,
  history: LoginHistory<Data, User>,
): SessionHealth {
  const now = history.adjust(clock);
  const live = state.kind === "live" && !mustRenew(state, now) ? state : undefined;
  const { failed, lastLogin, lastFailure } = history;
  // A login since then, here or in another process, had newer credentials.
  const since = Math.max(live?.record.issuedAt ?? 0, lastLogin ?? 0);
  const refusedSince = history.refusedSince(now);
  return {
    state: nameOf(state, live !== undefined),
    account: history.last?.account ?? history.account,
    lastLogin,
    lastUse: live?.usedAt,
    lastFailure,
    refusedSince: refusedSince !== undefined && refusedSince > since ? refusedSince : undefined,
    pausedUntil: failed !== undefined && lasts(failed, now) ? failed.until : undefined,
    loginsLeft: Math.floor(refill(history.budget, now, settings.loginBudget).left),
    nextRenewal: live !== undefined && Number.isFinite(live.renewFrom) ? live.renewFrom : undefined,
  };
}

function nameOf<Data, User>(state: SessionState<Data, User>, isLive: boolean): SessionHealth["state"] {
  if (state.kind === "closed") return "closed";
  if (state.kind === "signed-out") return "signed_out";
  if (state.kind === "signing-in") return "signing_in";
  if (state.renewal !== undefined) return isLive ? "renewing" : "signing_in";
  return isLive ? "live" : "signed_out";
}
