import { stepsOf } from "../run/step.ts";
import type { Check } from "./check.ts";
import { isRejected } from "./history.ts";

/** The credential stays with its origins. */
export const staysAtOrigin: Check = ({ scenario, exchanges, steps }) => {
  const tried = scenario.actions.some((action) => action.do === "call" && action.path === "other-origin");
  if (!tried || stepsOf(steps, "answer").length === 0) return "unseen";
  const leaked = exchanges.find(({ sent }) => sent.purpose === "other origin" && sent.credential !== undefined);
  return leaked === undefined || `The credential was sent to ${leaked.sent.origin}.`;
};

/** Secrets are never shown. */
export const nothingShown: Check = ({ steps }) => {
  const failed = stepsOf(steps, "answer").some(({ outcome }) => typeof outcome === "string");
  const leak = stepsOf(steps, "leak")[0];
  if (leak !== undefined) return `A secret was shown in ${leak.text}.`;
  return failed || stepsOf(steps, "event").length > 0 ? true : "unseen";
};

/** External input is checked. */
export const checkedInput: Check = ({ scenario, exchanges, steps }) => {
  const trouble = scenario.actions.find((action) => action.do === "garbage-login");
  const spoiled = scenario.actions.find((action) => action.do === "spoil-store");
  if (trouble === undefined && spoiled === undefined) return "unseen";
  if (exchanges.some(({ sent }) => sent.purpose === "call" && sent.credential === undefined)) {
    return "A call was sent without a credential.";
  }
  const errors = stepsOf(steps, "answer").filter(({ outcome }) => typeof outcome === "string");
  const other = errors.find(({ outcome }) => outcome !== "unexpected_response");
  return other === undefined || `A call failed with ${other.outcome}, which does not name the wrong response.`;
};

/** Nothing is global. */
export const nothingGlobal: Check = ({ scenario, calls }) => {
  if (scenario.store || new Set(calls.map(({ sent }) => sent.process)).size < 2) return "unseen";
  const users = Map.groupBy(calls, ({ sent }) => sent.credential);
  const shared = [...users].find(
    ([credential, some]) => credential !== undefined && new Set(some.map(({ sent }) => sent.process)).size > 1,
  );
  return shared === undefined || `Two processes used credential #${shared[0]}.`;
};

/** Everything is observable. */
export const observable: Check = ({ logins, calls, steps }) => {
  if (logins.length === 0) return "unseen";
  const names = stepsOf(steps, "event").map(({ name }) => name);
  const count = (name: string) => names.filter((one) => one === name).length;
  if (count("login_started") === 0) return "A login was sent without an event.";
  const ends = count("login") + count("renewed") + count("login_failed") + count("renewal_failed");
  if (ends === 0) return "No event said how the login ended.";
  const said = count("rejected") + count("resent") > 0;
  return !calls.some(isRejected) || said || "A call was rejected without an event.";
};
