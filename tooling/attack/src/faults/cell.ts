import type { Step, Way } from "../ways/ways.ts";
import { act } from "./acts.ts";
import { worksAgain } from "./again.ts";
import type { Fault } from "./rows.ts";
import { count } from "./say.ts";
import { openWorld, type Surroundings, type World } from "./world.ts";

/** What broke a promise; all of these are empty where none is broken. */
export interface Broken {
  readonly undocumented: readonly string[];
  readonly sentTwice: readonly string[];
  readonly tooManyLogins: string;
  readonly tooManyQuestions: string;
  readonly notAgain: string;
}

/** One cell of the table. */
export interface Cell extends Broken {
  readonly row: string;
  readonly column: string;
  readonly text: string;
  /** Everything that could show a secret, and every secret that travelled: looked at when all is over, as that is slow. */
  readonly values: readonly unknown[];
  readonly secrets: ReadonlySet<string>;
}

/** `retry.attempts` of every session here. */
const ATTEMPTS = 3;

/** The codes that one login may ask for: at Eagle Eye, the fourth wrong one locks the user for good. */
const CODES = 3;

/** Some faults in every step of one way, one after the other. */
export async function runFaults(way: Way, faults: readonly Fault[], places: Surroundings): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const fault of faults) {
    for (const step of way.steps) cells.push(await runCell(way, fault, step, places));
  }
  return cells;
}

async function runCell(way: Way, fault: Fault, step: Step, places: Surroundings): Promise<Cell> {
  const world = await openWorld(way, fault, step.path, places);
  try {
    const { text, problems } = await act(world, way, fault, step);
    const limits = limitsOf(world, way, step);
    const again = await worksAgain(world, step);
    // A session that is live all the while should not need another login.
    const note = step.kind === "renewal" && again.logins > 0 ? "; the next call signs in" : "";
    const broken = { ...limits, notAgain: again.problem };
    return { row: fault.name, column: step.name, text: text + note, ...broken, ...leftBy(world, problems) };
  } finally {
    await world.close();
  }
}

/** What a login must not have done too often. To be looked at before anything else is done with the session. */
export function limitsOf(
  { sent, human, wrongCodes }: World,
  { asks, begins }: Way,
  { kind }: Pick<Step, "kind">,
): Pick<Broken, "tooManyLogins" | "tooManyQuestions"> {
  const logins = sent.filter((path) => path.endsWith(begins)).length;
  // A session that is called, renewed or signed out has one login behind it.
  const before = kind === "login" ? 0 : 1;
  // A code that was refused is followed by one for a new token. What prolongs by a face may come to a login by it.
  const most = ATTEMPTS + before + (asks === "code" ? CODES - 1 : 0);
  const mostAsked = before + (asks === "code" ? CODES : ATTEMPTS * (kind === "renewal" ? 2 : 1));
  const asked = human.asked > mostAsked ? count(human.asked, "question") : "";
  const wrong = wrongCodes() > CODES ? count(wrongCodes(), "wrong code") : "";
  return { tooManyLogins: logins > most ? `${logins} logins` : "", tooManyQuestions: asked + wrong };
}

/** What else a world leaves behind. */
export function leftBy(
  { session, human, seen, secrets, spent }: World,
  problems: readonly string[],
): Pick<Cell, "undocumented" | "sentTwice" | "values" | "secrets"> {
  secrets.add(...human.codes);
  return {
    undocumented: problems.filter((problem) => problem !== ""),
    sentTwice: spent.filter((one, at) => spent.indexOf(one) !== at),
    values: [session, session.http, session.fetch, session.info, ...human.told, ...seen],
    secrets: secrets.all(),
  };
}
