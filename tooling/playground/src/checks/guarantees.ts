import type { Step } from "../run/step.ts";
import type { Scenario } from "../scenario/scenario.ts";
import * as calls from "./calls.ts";
import type { Check } from "./check.ts";
import { historyOf } from "./history.ts";
import * as secrets from "./secrets.ts";
import * as signIn from "./sign-in.ts";

/** A guarantee, by its heading in the guide. */
export interface Guarantee {
  readonly title: string;
  readonly check: Check;
}

/** The twenty guarantees, in the order of their numbers. */
export const GUARANTEES: readonly Guarantee[] = [
  { title: "One login at a time", check: signIn.oneLogin },
  { title: "A late rejection never harms a newer session", check: signIn.lateRejection },
  { title: "A rejected call is sent again at most once", check: calls.sentTwice },
  { title: "Aborting a call affects only that call", check: calls.abortsOne },
  { title: "Request bodies are never lost, and never buffered beyond a limit", check: calls.wholeBodies },
  { title: "Early renewal is invisible", check: calls.earlyRenewal },
  { title: "Expired sessions are not used", check: calls.expiredUnused },
  { title: "Idle time counts from the last request sent", check: calls.idleTime },
  { title: "Expiry follows the vendor's clock", check: calls.vendorsClock },
  { title: "Wrong credentials are sent once", check: signIn.wrongOnce },
  { title: "A login goes to the right place", check: signIn.rightPlace },
  { title: "The credential stays with its origins", check: secrets.staysAtOrigin },
  { title: "Secrets are never shown", check: secrets.nothingShown },
  { title: "After logout() nothing signs in automatically", check: signIn.closedStaysClosed },
  { title: "External input is checked", check: secrets.checkedInput },
  { title: "Nothing is global", check: secrets.nothingGlobal },
  { title: "The number of logins is limited", check: signIn.limitedLogins },
  { title: "A replaced session is ended at the vendor", check: signIn.replacedIsEnded },
  { title: "A fleet spreads its load", check: signIn.spreadLoad },
  { title: "Everything is observable", check: secrets.observable },
];

/** What a run shows of a guarantee. */
export interface Verdict {
  readonly number: number;
  readonly title: string;
  readonly state: "held" | "violated" | "unseen";
  /** What broke it. */
  readonly reason: string | undefined;
}

/** Checks all guarantees in a run. */
export function verdictsOf(scenario: Scenario, steps: readonly Step[]): Verdict[] {
  const history = historyOf(scenario, steps);
  return GUARANTEES.map(({ title, check }, index) => {
    const result = check(history);
    const number = index + 1;
    if (result === "unseen") return { number, title, state: "unseen", reason: undefined };
    if (result === true) return { number, title, state: "held", reason: undefined };
    return { number, title, state: "violated", reason: result === false ? undefined : result };
  });
}
