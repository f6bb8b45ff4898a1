import { stepsOf } from "../run/step.ts";
import { LIFETIME } from "../scenario/scenario.ts";
import type { Check } from "./check.ts";
import { byOwner, type History, isRejected, mostAtOnce } from "./history.ts";

const SECOND = 1000;
const MINUTE = 60_000;
/** Calls that need a login can cause 5 at once and 5 per minute. */
const MOST_IN_A_MINUTE = 10;

/** One login at a time. */
export const oneLogin: Check = (history) => {
  if (history.logins.length === 0) return "unseen";
  const most = Math.max(...byOwner(history.logins, history.scenario).map(mostAtOnce));
  return most <= 1 || `${most} logins ran at the same time.`;
};

/** A late rejection never harms a newer session. */
export const lateRejection: Check = (history) => {
  const late = history.calls.filter((call) => {
    const newer = history.calls.some(
      ({ sent }) =>
        sent.process === call.sent.process &&
        (sent.credential ?? 0) > (call.sent.credential ?? 0) &&
        sent.at < (call.received?.at ?? 0),
    );
    return isRejected(call) && newer;
  });
  if (late.length === 0) return "unseen";
  const harmed = late.filter(({ sent, received }) =>
    history.logins.some((login) => login.sent.process === sent.process && login.sent.at === received?.at),
  );
  return harmed.length === 0 || "A login followed a rejection of an older session.";
};

/** Wrong credentials are sent once. */
export const wrongOnce: Check = ({ logins, steps }) => {
  const wrong = logins.filter(({ sent }) => sent.password === 2);
  if (wrong.length === 0) return "unseen";
  const asked = stepsOf(steps, "action").filter(({ text }) => text.startsWith("renew()")).length;
  return wrong.length <= 1 + asked || `The wrong password was sent ${wrong.length} times.`;
};

/** A login goes to the right place. */
export const rightPlace: Check = ({ logins, exchanges }) => {
  const wasRedirected = exchanges.some(({ received }) => received?.purpose === "login" && received.status === 307);
  if (!wasRedirected) return "unseen";
  const elsewhere = logins.find(({ sent }) => sent.purpose === "other origin");
  return elsewhere === undefined || `The password was sent to ${elsewhere.sent.origin}.`;
};

/** After `logout()` nothing signs in automatically. */
export const closedStaysClosed: Check = ({ scenario, logins, steps }) => {
  const closed = scenario.actions.filter((action) => action.do === "logout" || action.do === "close");
  const shown = closed.some(({ at }) => stepsOf(steps, "call").some((call) => call.at > at));
  if (!shown) return "unseen";
  const wrong = closed.some((action) => {
    const process = "process" in action ? (action.process ?? 1) : 1;
    const opened = scenario.actions.find(
      (other) => other.at > action.at && other.do === "login" && (other.process ?? 1) === process,
    );
    return logins.some(
      ({ sent }) =>
        sent.process === process && sent.at > action.at && sent.at < (opened?.at ?? Number.POSITIVE_INFINITY),
    );
  });
  return !wrong || "A call signed in after logout().";
};

/** The number of logins is limited. */
export const limitedLogins: Check = (history) => {
  const rejected = history.calls.filter(isRejected).length;
  if (rejected < MOST_IN_A_MINUTE) return "unseen";
  const times = history.logins.map(({ sent }) => sent.at);
  const most = Math.max(0, ...times.map((start) => times.filter((at) => at >= start && at < start + MINUTE).length));
  return most <= MOST_IN_A_MINUTE || `${most} logins were sent within a minute.`;
};

/** A fleet spreads its load. */
export const spreadLoad: Check = ({ scenario, logins, steps }) => {
  if (scenario.limit === 0 || scenario.processes < 3 || scenario.store) return "unseen";
  const most = mostAtOnce(logins);
  if (most > scenario.limit) return `${most} logins ran at the same time, although ${scenario.limit} are allowed.`;
  const renewals = stepsOf(steps, "event").filter(({ name }) => name === "renewed");
  const perTime = [...Map.groupBy(renewals, ({ at }) => Math.floor(at / MINUTE)).values()].map(({ length }) => length);
  return (
    renewals.length < 3 || Math.max(...perTime) < renewals.length || "All sessions were renewed in the same minute."
  );
};

/** A replaced session is ended at the vendor. */
export const replacedIsEnded: Check = (history) => {
  const { scenario, exchanges } = history;
  if (scenario.store || SIGNS_NOT_OUT.has(scenario.vendor)) return "unseen";
  const replaced = new Set<number>();
  for (const calls of Map.groupBy(history.calls, ({ sent }) => sent.process).values()) {
    const used = [...new Set(calls.map(({ sent }) => sent.credential ?? 0))].sort((one, other) => one - other);
    for (const [index, newer] of used.slice(1).entries()) {
      const older = used[index] ?? 0;
      if (!isDead(history, older, newer)) replaced.add(older);
    }
  }
  if (replaced.size === 0) return "unseen";
  const open = [...replaced].filter(
    (one) => !exchanges.some(({ sent }) => sent.purpose === "logout" && sent.credential === one),
  );
  return open.length === 0 || `The session of credential #${open[0]} was replaced and stayed open at the vendor.`;
};

const SIGNS_NOT_OUT: ReadonlySet<string> = new Set(["alertsite", "admin-token"]);

/** Whether the vendor rejected a credential, or it was too old when a newer one replaced it. */
function isDead({ calls, steps, firstUse }: History, older: number, newer: number): boolean {
  const expired = stepsOf(steps, "event").some(({ name }) => name === "expired");
  const age = (firstUse.get(newer) ?? 0) - (firstUse.get(older) ?? 0);
  // The first use is a little later than the login.
  return expired || age > LIFETIME - SECOND || calls.some((call) => call.sent.credential === older && isRejected(call));
}
