import { type Behavior, OurOwn } from "../sign-ins/human.ts";
import type { SignIn } from "../sign-ins/sign-ins.ts";
import { type Cell, leftBy, limitsOf } from "./cell.ts";
import { openHarness, type SharedServers } from "./harness.ts";
import { recover } from "./recovery.ts";
import { runLogin } from "./run-step.ts";

/** What a person enters in a login. */
interface Row {
  readonly name: string;
  readonly behavior: (turn: number) => Behavior;
  /** What happens while the login waits for the person. */
  readonly meanwhile?: "the caller aborts" | "it is signed out";
  /** Whether the person is too late, which not every sign-in can simulate. */
  readonly late?: true;
  readonly only?: "video";
}

export const behaviors: readonly Row[] = [
  { name: "The right one", behavior: () => "right" },
  { name: "A wrong one, then the right one", behavior: (turn) => (turn === 1 ? "wrong" : "right") },
  { name: "Two wrong ones, then the right one", behavior: (turn) => (turn < 3 ? "wrong" : "right") },
  { name: "Only wrong ones", behavior: () => "wrong" },
  {
    name: "One too late, then one in time",
    behavior: (turn) => (turn === 1 ? "late" : "right"),
    late: true,
  },
  { name: "Only late ones", behavior: () => "late", late: true },
  { name: "One too late, then wrong ones", behavior: (turn) => (turn === 1 ? "late" : "wrong"), late: true },
  { name: "The face of another user", behavior: () => "another", only: "video" },
  { name: "An empty one", behavior: () => "empty" },
  { name: "Nothing: the function throws", behavior: () => "throws" },
  { name: "Nothing: the caller aborts", behavior: () => "never", meanwhile: "the caller aborts" },
  { name: "Nothing: the session is signed out", behavior: () => "never", meanwhile: "it is signed out" },
];

/** Runs every behavior that fits the sign-in, each in a login of its own. */
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
      if (meanwhile === "the caller aborts") leaving.abort(new OurOwn("the caller's abort reason"));
      if (meanwhile === "it is signed out") session.logout().catch((error: unknown) => harness.seen.push(error));
    };
    const { text, counts, problems } = await runLogin(harness, signIn, leaving.signal);
    const limits = limitsOf(harness, signIn, { kind: "login" });
    human.behavior = () => "right";
    human.onAsked = () => {};
    const recovery = await recover(harness, { kind: meanwhile === "it is signed out" ? "logout" : "login" });
    return {
      row: name,
      column: signIn.name,
      text,
      counts,
      ...limits,
      notAgain: recovery.problem,
      ...leftBy(harness, problems),
    };
  } finally {
    await harness.close();
  }
}
