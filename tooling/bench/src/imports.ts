import { pathToFileURL } from "node:url";
import { must } from "@vms-tooling/pack/run";
import { quick } from "./manner.ts";
import { type Spread, shuffled, spreadOf } from "./numbers.ts";
import type { Installed } from "./sizes.ts";
import type { Vendor } from "./vendor.ts";

/** The start of a new process, in ms. */
interface Start {
  /** Loading the program, with all that it imports. */
  readonly imported: Spread;
  /** The same, a login and the first answer: much of what a client needs is loaded only then, Node's own `fetch` as well. */
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

/** Starts each program again and again in new processes, which take turns. */
export async function measureStarts(vendor: Vendor, installed: readonly Installed[], rounds: number): Promise<Starts> {
  await vendor.behave(quick);
  const samples = new Map(installed.map(({ contender }) => [contender.name, newSamples()]));
  // The first round brings the files into the system's memory, and does not count.
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
