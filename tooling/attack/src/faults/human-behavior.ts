import { type Behavior, OurOwn } from "../sign-ins/human.ts";
import type { SignIn } from "../sign-ins/sign-ins.ts";
import { type Cell, leftBy, limitsOf } from "./cell.ts";
import { openHarness, type SharedServers } from "./harness.ts";
import { recover } from "./recovery.ts";
import { runLogin } from "./run-step.ts";

/** One row of the table of human behavior. */
interface Row {
  readonly name: string;
  readonly behavior: (turn: number) => Behavior;
  /** What happens while the human is asked. */
  readonly meanwhile?: "the caller leaves" | "it is signed out";
  /** Whether an answer is too late, which is not possible for every sign-in. */
  readonly late?: true;
  readonly only?: "video";
}

export const behaviors: readonly Row[] = [
  { name: "the right one", behavior: () => "right" },
  { name: "a wrong one, then the right one", behavior: (turn) => (turn === 1 ? "wrong" : "right") },
  { name: "two wrong ones, then the right one", behavior: (turn) => (turn < 3 ? "wrong" : "right") },
  { name: "wrong ones only", behavior: () => "wrong" },
  {
    name: "one that comes too late, then one in time",
    behavior: (turn) => (turn === 1 ? "late" : "right"),
    late: true,
  },
  { name: "late ones only", behavior: () => "late", late: true },
  { name: "a late one, then wrong ones", behavior: (turn) => (turn === 1 ? "late" : "wrong"), late: true },
  { name: "the face of another user", behavior: () => "another", only: "video" },
  { name: "an empty one", behavior: () => "empty" },
  { name: "an error in its place", behavior: () => "throws" },
  { name: "none, and the caller leaves", behavior: () => "never", meanwhile: "the caller leaves" },
  { name: "none, and the session is signed out", behavior: () => "never", meanwhile: "it is signed out" },
];

/** Runs every human behavior in a login of one sign-in. */
export async function runBehaviors(signIn: SignIn, places: SharedServers): Promise<Cell[]> {
  const cells: Cell[] = [];
  const { canBeLate } = signIn.open().human;
  for (const row of behaviors) {
    const fits = (row.only ?? signIn.asks) === signIn.asks && (canBeLate || row.late === undefined);
    if (fits) cells.push(await runBehavior(signIn, row, places));
  }
  return cells;
}

async function runBehavior(signIn: SignIn, { name, behavior, meanwhile }: Row, places: SharedServers): Promise<Cell> {
  const harness = await openHarness(signIn, { name }, "", places);
  const { session, human } = harness;
  try {
    const leaving = new AbortController();
    human.behavior = behavior;
    human.onAsked = () => {
      if (meanwhile === "the caller leaves") leaving.abort(new OurOwn("the caller's own error"));
      if (meanwhile === "it is signed out") session.logout().catch((error: unknown) => harness.seen.push(error));
    };
    const { text, problems } = await runLogin(harness, signIn, leaving.signal);
    const limits = limitsOf(harness, signIn, { kind: "login" });
    human.behavior = () => "right";
    human.onAsked = () => {};
    const recovery = await recover(harness, { kind: meanwhile === "it is signed out" ? "logout" : "login" });
    return {
      row: name,
      column: signIn.name,
      text,
      ...limits,
      notAgain: recovery.problem,
      ...leftBy(harness, problems),
    };
  } finally {
    await harness.close();
  }
}
