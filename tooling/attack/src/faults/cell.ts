import type { SignIn } from "../sign-ins/sign-ins.ts";
import type { Step } from "../sign-ins/step.ts";
import { count } from "./describe.ts";
import type { Fault } from "./faults.ts";
import { type Harness, openHarness, type SharedServers } from "./harness.ts";
import { recover } from "./recovery.ts";
import { runStep } from "./run-step.ts";

/** Violated guarantees. All fields are empty if there is no violation. */
export interface Violations {
  readonly undocumented: readonly string[];
  readonly sentTwice: readonly string[];
  readonly tooManyLogins: string;
  readonly tooManyQuestions: string;
  readonly notAgain: string;
}

/** The result of one fault in one step. */
export interface Cell extends Violations {
  readonly row: string;
  readonly column: string;
  readonly text: string;
  /** Such as "3 requests" and "1 code". */
  readonly counts: readonly string[];
  /** Everything that could show a secret, and every secret. The search is slow, so it runs at the end. */
  readonly values: readonly unknown[];
  readonly secrets: ReadonlySet<string>;
}

/** `retry.attempts` of every session here. */
const ATTEMPTS = 3;

/** The maximum number of codes per login: Eagle Eye locks a user permanently at the fourth wrong one. */
const CODES = 3;

/** Runs the faults in every step of a sign-in, one after the other. */
export async function runFaults(signIn: SignIn, faults: readonly Fault[], places: SharedServers): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const fault of faults) {
    for (const step of signIn.steps) cells.push(await runCell(signIn, fault, step, places));
  }
  return cells;
}

async function runCell(signIn: SignIn, fault: Fault, step: Step, places: SharedServers): Promise<Cell> {
  const harness = await openHarness(signIn, fault, step.path, places);
  try {
    const { text, counts, problems } = await runStep(harness, signIn, fault, step);
    const limits = limitsOf(harness, signIn, step);
    const recovery = await recover(harness, step);
    // A session that stays live should not need another login.
    const note = step.kind === "renewal" && recovery.logins > 0 ? "; the next call signs in" : "";
    const broken = { ...limits, notAgain: recovery.problem };
    return { row: fault.name, column: step.name, text: text + note, counts, ...broken, ...leftBy(harness, problems) };
  } finally {
    await harness.close();
  }
}

/** Checks the limits of a login. Call this before the session is used again. */
export function limitsOf(
  { sent, human, wrongCodes }: Harness,
  { asks, begins }: SignIn,
  { kind }: Pick<Step, "kind">,
): Pick<Violations, "tooManyLogins" | "tooManyQuestions"> {
  const logins = sent.filter((path) => path.endsWith(begins)).length;
  // A session that makes a call, renews or signs out has logged in once before.
  const before = kind === "login" ? 0 : 1;
  // A rejected code requires a code for a new token. An extension by face may fall back to a login by face.
  const most = ATTEMPTS + before + (asks === "code" ? CODES - 1 : 0);
  const mostAsked = before + (asks === "code" ? CODES : ATTEMPTS * (kind === "renewal" ? 2 : 1));
  const asked = human.asked > mostAsked ? count(human.asked, "question") : "";
  const wrong = wrongCodes() > CODES ? count(wrongCodes(), "wrong code") : "";
  return { tooManyLogins: logins > most ? `${logins} logins` : "", tooManyQuestions: asked + wrong };
}

/** Collects what a run leaves behind. */
export function leftBy(
  { session, human, seen, secrets, singleUse }: Harness,
  problems: readonly string[],
): Pick<Cell, "undocumented" | "sentTwice" | "values" | "secrets"> {
  secrets.add(...human.codes);
  return {
    undocumented: problems.filter((problem) => problem !== ""),
    sentTwice: singleUse.filter((one, at) => singleUse.indexOf(one) !== at),
    values: [session, session.http, session.fetch, session.info, ...human.told, ...seen],
    secrets: secrets.all(),
  };
}
