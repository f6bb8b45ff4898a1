import { type StepOf, stepsOf } from "../run/step.ts";
import { IDLE, LIFETIME } from "../scenario/scenario.ts";
import type { Check } from "./check.ts";
import { type Exchange, type History, isRejected } from "./history.ts";

const MINUTE = 60_000;

/** A rejected call is sent again at most once. */
export const sentTwice: Check = ({ calls }) => {
  if (!calls.some(isRejected)) return "unseen";
  const most = Math.max(...[...Map.groupBy(calls, ({ sent }) => sent.call).values()].map(({ length }) => length));
  return most <= 2 || `A call was sent ${most} times.`;
};

/** Aborting a call affects only that call. */
export const abortsOne: Check = ({ steps, scenario }) => {
  const mayAbort = scenario.actions.reduce(
    (sum, one) => sum + (one.do === "call" && one.abortAfter !== undefined ? one.count : 0),
    0,
  );
  const aborted = stepsOf(steps, "answer").filter(({ outcome }) => outcome === "AbortError");
  if (aborted.length === 0) return "unseen";
  return aborted.length <= mayAbort || `${aborted.length} calls failed with AbortError, but ${mayAbort} was aborted.`;
};

/** Request bodies are never lost. */
export const wholeBodies: Check = ({ calls, steps }) => {
  const given = stepsOf(steps, "call").filter(({ body }) => body !== 0);
  const ofCall = (call: number) => calls.filter(({ sent }) => sent.call === call);
  if (!given.some(({ call }) => ofCall(call).length > 1)) return "unseen";
  const lost = given.some(({ call, body }) => ofCall(call).some(({ sent }) => sent.body !== body));
  return !lost || "The call was sent again without its body.";
};

/** Early renewal is invisible. */
export const earlyRenewal: Check = (history) => {
  const regular = regularCalls(history);
  const isLong = regular.some(({ call }) => call.at > LIFETIME);
  // A renewal asks no person.
  if (!isLong || history.scenario.vendor === "alertsite" || history.scenario.secondFactor) return "unseen";
  const events = stepsOf(history.steps, "event").filter(({ name }) => name === "login" || name === "renewed");
  for (const { call, exchanges } of regular) {
    // The random time of a renewal can be so late that no call comes between it and the expiry.
    const last = events.findLast(({ at, process }) => at < call.at && process === call.process);
    if (last !== undefined && call.at - last.at >= 0.9 * LIFETIME) continue;
    if (exchanges[0]?.sent.at !== call.at) return "A call in regular use waited for a login.";
    if (exchanges.some((one) => isRejected(one) && ageOf(one, history) >= LIFETIME))
      return "A call in regular use was rejected, because the session was not renewed before.";
  }
  return true;
};

/** Expired sessions are not used. */
export const expiredUnused: Check = ({ calls, firstUse, scenario }) => {
  if (scenario.vendor === "alertsite") return "unseen";
  const last = Math.max(0, ...calls.map(({ sent }) => sent.at));
  if (last <= LIFETIME) return "unseen";
  const old = calls.some((call) => ageOf(call, { firstUse }) > LIFETIME);
  return !old || "A call was sent with an expired session.";
};

/** Idle time counts from the last request sent. */
export const idleTime: Check = (history) => {
  const isUndisturbed = history.scenario.actions.every((action) => action.do === "call");
  if (history.scenario.vendor !== "alertsite" || history.scenario.processes > 1 || !isUndisturbed) return "unseen";
  if (history.calls.length < 3) return "unseen";
  const { calls, logins } = history;
  for (const [before, call] of pairs(calls)) {
    const gap = call.sent.at - before.sent.at;
    if (gap > IDLE && call.sent.credential === before.sent.credential) return "A call was sent with an idle session.";
    if (
      gap < IDLE &&
      logins.some(({ sent }) => sent.at > before.sent.at && sent.at <= call.sent.at) &&
      !isRejected(before)
    ) {
      return "A session in use was replaced.";
    }
  }
  return true;
};

/** Expiry follows the vendor's clock. */
export const vendorsClock: Check = (history) => {
  const last = history.calls.at(-1);
  if (history.scenario.skew === 0 || history.calls.length < 2 || last === undefined) return "unseen";
  const early =
    history.calls.some((call) => isRejected(call)) || history.logins.length > 1 + last.sent.at / (LIFETIME / 2);
  return !early || `${history.logins.length} logins were sent, because the clocks differ.`;
};

/** How long the credential of a call was in use, in ms. */
function ageOf({ sent }: Exchange, { firstUse }: Pick<History, "firstUse">): number {
  return sent.at - (firstUse.get(sent.credential ?? 0) ?? sent.at);
}

/** Calls within two minutes of the call before, while nothing else happened. */
function regularCalls({
  steps,
  calls,
  scenario,
}: History): { readonly call: StepOf<"call">; readonly exchanges: readonly Exchange[] }[] {
  const made = stepsOf(steps, "call");
  const isCall = new Set(
    scenario.actions.filter((action) => action.do === "call" && (action.path ?? "data") === "data").map(({ at }) => at),
  );
  return made.flatMap((call) => {
    const before = made.findLast(({ at }) => at < call.at);
    const isRegular = before !== undefined && before.process === call.process && call.at - before.at <= 2 * MINUTE;
    const undisturbed =
      isRegular && scenario.actions.every(({ at }) => at < before.at || at > call.at || isCall.has(at));
    return undisturbed ? [{ call, exchanges: calls.filter(({ sent }) => sent.call === call.call) }] : [];
  });
}

function pairs<T>(list: readonly T[]): [T, T][] {
  return list.slice(1).map((one, index) => [list[index] as T, one]);
}
