import type { Vendor } from "@vms-tooling/demo/vendors";
import { leakIn, shown } from "../shown.ts";
import { act } from "./acts.ts";
import { worksAgain } from "./again.ts";
import { type Fault, faults } from "./rows.ts";
import { type Step, stepsOf } from "./steps.ts";
import { openWorld, type Surroundings, type World } from "./world.ts";

/** One cell of the table, and what broke a promise in it; all of these are empty where none is broken. */
export interface Cell {
  readonly fault: string;
  readonly step: Step;
  readonly text: string;
  readonly undocumented: readonly string[];
  readonly tokensSentTwice: readonly string[];
  readonly tooManyLogins: string;
  readonly notAgain: string;
  readonly leak: string;
  /** Every secret that travelled, for what is looked at once at the end. */
  readonly secrets: ReadonlySet<string>;
}

/** `retry.attempts` of every session here. */
const ATTEMPTS = 3;

/** Every fault in every step of one vendor, one after the other. */
export async function runVendorFaults(vendor: Vendor, places: Surroundings): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const fault of faults) {
    for (const step of stepsOf(vendor)) cells.push(await runCell(vendor, fault, step, places));
  }
  return cells;
}

async function runCell(vendor: Vendor, fault: Fault, step: Step, places: Surroundings): Promise<Cell> {
  const world = await openWorld(vendor, fault, step, places);
  try {
    const { text, problems } = await act(world, vendor, fault, step);
    const logins = world.sent.filter((path) => /\/(dologin|login\/?|authenticate|auth\/token)$/.test(path)).length;
    // A session that is called, renewed or signed out has one login behind it.
    const most = ATTEMPTS + (step === "call" || step === "renewal" || step === "logout" ? 1 : 0);
    const again = await worksAgain(world, vendor, step);
    // A session that is live all the while should not need another login.
    const note = step === "renewal" && again.logins > 0 ? "; the next call signs in" : "";
    return {
      fault: fault.name,
      step,
      text: text + note,
      undocumented: problems.filter((problem) => problem !== ""),
      tokensSentTwice: twice(world.tokens),
      tooManyLogins: logins > most ? `${logins} logins` : "",
      notAgain: again.problem,
      leak: leakOf(world),
      secrets: world.secrets.all(),
    };
  } finally {
    await world.close();
  }
}

function twice(tokens: readonly string[]): string[] {
  return tokens.filter((token, at) => tokens.indexOf(token) !== at);
}

function leakOf({ session, seen, secrets }: World): string {
  const values = [session, session.http, session.fetch, session.info, ...seen];
  return leakIn(values.map(shown).join("\n"), secrets.all());
}
