import { type Conduct, OurOwn } from "../ways/human.ts";
import type { Way } from "../ways/ways.ts";
import { actLogin } from "./acts.ts";
import { worksAgain } from "./again.ts";
import { type Cell, leftBy, limitsOf } from "./cell.ts";
import { openWorld, type Surroundings } from "./world.ts";

/** One row of the table of what humans do. */
interface Row {
  readonly name: string;
  readonly conduct: (turn: number) => Conduct;
  /** What happens while the human is asked. */
  readonly meanwhile?: "the caller leaves" | "it is signed out";
  /** Whether something in it comes too late, which not everything can. */
  readonly late?: true;
  readonly only?: "video";
}

export const conducts: readonly Row[] = [
  { name: "the right one", conduct: () => "right" },
  { name: "a wrong one, then the right one", conduct: (turn) => (turn === 1 ? "wrong" : "right") },
  { name: "two wrong ones, then the right one", conduct: (turn) => (turn < 3 ? "wrong" : "right") },
  { name: "wrong ones only", conduct: () => "wrong" },
  {
    name: "one that comes too late, then one in time",
    conduct: (turn) => (turn === 1 ? "late" : "right"),
    late: true,
  },
  { name: "late ones only", conduct: () => "late", late: true },
  { name: "a late one, then wrong ones", conduct: (turn) => (turn === 1 ? "late" : "wrong"), late: true },
  { name: "the face of another user", conduct: () => "another", only: "video" },
  { name: "an empty one", conduct: () => "empty" },
  { name: "an error in its place", conduct: () => "throws" },
  { name: "none, and the caller leaves", conduct: () => "never", meanwhile: "the caller leaves" },
  { name: "none, and the session is signed out", conduct: () => "never", meanwhile: "it is signed out" },
];

/** Everything that a human may do in a login of one way. */
export async function runConducts(way: Way, places: Surroundings): Promise<Cell[]> {
  const cells: Cell[] = [];
  const { canBeLate } = way.open().human;
  for (const row of conducts) {
    const fits = (row.only ?? way.asks) === way.asks && (canBeLate || row.late === undefined);
    if (fits) cells.push(await runConduct(way, row, places));
  }
  return cells;
}

async function runConduct(way: Way, { name, conduct, meanwhile }: Row, places: Surroundings): Promise<Cell> {
  const world = await openWorld(way, { name }, "", places);
  const { session, human } = world;
  try {
    const leaving = new AbortController();
    human.conduct = conduct;
    human.onAsked = () => {
      if (meanwhile === "the caller leaves") leaving.abort(new OurOwn("the caller's own error"));
      if (meanwhile === "it is signed out") session.logout().catch((error: unknown) => world.seen.push(error));
    };
    const { text, problems } = await actLogin(world, way, leaving.signal);
    const limits = limitsOf(world, way, { kind: "login" });
    human.conduct = () => "right";
    human.onAsked = () => {};
    const again = await worksAgain(world, { kind: meanwhile === "it is signed out" ? "logout" : "login" });
    return { row: name, column: way.name, text, ...limits, notAgain: again.problem, ...leftBy(world, problems) };
  } finally {
    await world.close();
  }
}
