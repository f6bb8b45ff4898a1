import { pathToFileURL } from "node:url";
import { must } from "@vms-tooling/pack/run";
import { quick } from "./behavior.ts";
import { comparison, type Reasons } from "./comparison.ts";
import { table, times } from "./markdown.ts";
import type { Installed } from "./sizes.ts";
import { type Spread, shuffled, spreadOf } from "./statistics.ts";
import type { Vendor } from "./vendor.ts";

/** The start of a new process, in ms. */
interface Start {
  /** Loading the program with all its imports. */
  readonly imported: Spread;
  /** The same plus a login and the first response, during which clients load more code, and Node loads `fetch`. */
  readonly answered: Spread;
}

export interface Starts {
  readonly rounds: number;
  readonly contenders: Readonly<Record<string, Start>>;
}

const PROGRAM = `
const started = performance.now();
const { open } = await import(process.argv[1]);
const imported = performance.now() - started;
await (await open(process.argv[2])).call();
console.log(JSON.stringify({ imported, answered: performance.now() - started }));
process.exit();
`;

/** Starts each program repeatedly in new processes, in turns. */
export async function measureStarts(vendor: Vendor, installed: readonly Installed[], rounds: number): Promise<Starts> {
  await vendor.behave(quick);
  const samples = new Map(installed.map(({ contender }) => [contender.name, newSamples()]));
  // The first round fills the file cache and does not count.
  for (let round = -1; round < rounds; round++) {
    for (const { contender, program } of shuffled(installed)) {
      const args = ["--input-type=module", "-e", PROGRAM, pathToFileURL(program).href, vendor.base];
      const { imported, answered } = JSON.parse(await must(process.execPath, args));
      if (round < 0) continue;
      samples.get(contender.name)?.imported.push(imported);
      samples.get(contender.name)?.answered.push(answered);
    }
  }
  const starts = [...samples].map(([name, { imported, answered }]) => {
    return [name, { imported: spreadOf(imported), answered: spreadOf(answered) }] as const;
  });
  return { rounds, contenders: Object.fromEntries(starts) };
}

function newSamples(): { readonly imported: number[]; readonly answered: number[] } {
  return { imported: [], answered: [] };
}

const LAZILY =
  "ky loads Node's `fetch` immediately, and `@vms/core` adds to that. Others load `fetch` with their first call, as the first response shows.";

export const importReasons: Reasons = {
  "session.fetch": LAZILY,
  "session.http": LAZILY,
  sessionInterceptor: `${LAZILY} In addition, undici is large.`,
  "session.fetch on nodeFetch": `${LAZILY} In addition, undici is large.`,
  "session.http on nodeFetch": `${LAZILY} In addition, undici is large.`,
};

const FIRST_ANSWER_GOAL = 1.3;

const ABOVE_GOAL =
  "Most of the difference is undici: its agent alone loads more than twenty files, in addition to the copy in Node.";

const NODE_FETCH =
  "It loads undici in addition to the copy in Node, which has the global `Response`. It suits programs that make many calls.";

export const firstAnswerReasons: Reasons = {
  "session.fetch": "It also loads ky and the session.",
  "session.http": "It also loads ky and the session.",
  sessionInterceptor: "It loads undici in addition to the copy in Node's `fetch`, and signs in with that copy.",
  "session.fetch on nodeFetch": NODE_FETCH,
  "session.http on nodeFetch": NODE_FETCH,
};

export function startsSection({ rounds, contenders }: Starts): string {
  const rows = Object.entries(contenders).map(([name, { imported, answered }]) => [
    `\`${name}\``,
    ...[imported, answered].flatMap(({ median, low, high }) => [
      median.toFixed(0),
      `${low.toFixed(0)} to ${high.toFixed(0)}`,
    ]),
  ]);
  const aimed = "bare nodeFetch";
  const is =
    (contenders[aimed]?.answered.median ?? Number.NaN) / (contenders["bare fetch"]?.answered.median ?? Number.NaN);
  const ratio = (what: "imported" | "answered") => (one: string, other: string) =>
    (contenders[one]?.[what].median ?? Number.NaN) / (contenders[other]?.[what].median ?? Number.NaN);
  return `## The start

A new process loads the program from that folder, signs in and makes one call. The table shows the time from when Node is ready until the program
is loaded and until the first response, which includes code that loads on first use. Medians of ${rounds} rounds in ms, with 10% and 90%.

${table(["program", "loaded", "10 to 90%", "first response", "10 to 90%"], rows)}

The first response of \`${aimed}\` takes ${times(is)} the time of \`bare fetch\`. The goal is at most ${times(FIRST_ANSWER_GOAL)}; met: ${is <= FIRST_ANSWER_GOAL ? "yes." : `no. ${ABOVE_GOAL}`}

**Loaded.** ${comparison(importReasons, ratio("imported"), 0.05)}

**First response.** ${comparison(firstAnswerReasons, ratio("answered"), 0.05)}`;
}
