// Tries the orders of the steps of each world, and prints how many there are.
// Run: npm run attack:schedules           # for 10 minutes
//      npm run attack:schedules -- 1      # for 1 minute
//      npm run attack:schedules -- --faults     # puts faults back, and prints the schedule that shows each
//      npm run attack:schedules -- --mutations  # the same for the mutations of attack:mutations
//      npm run attack:schedules -- "revoked: 0.1.1"  # replays a schedule
import { mutations } from "../mutations/list.ts";
import { type Mutation, requireUpToDate } from "../mutations/mutation.ts";
import { stillCrypto } from "../still-crypto.ts";
import { faults, outOfReach } from "./faults/faults.ts";
import { findFault, findFaultHere } from "./faults/find-fault.ts";

const MINUTES = 10;
const print = (line: string) => void process.stdout.write(`${line}\n`);
const [first = String(MINUTES), second = ""] = process.argv.slice(2);

stillCrypto();
if (first === "--faults") await search(faults);
else if (first === "--mutations") await search(mutations);
else if (first === "--fault") {
  const world = faults.find(({ removed }) => removed === second)?.world;
  const fault = [...faults, ...mutations].find(({ removed }) => removed === second);
  if (fault === undefined) throw new Error(`There is no fault "${second}".`);
  print(JSON.stringify(await findFaultHere(fault, world)));
} else if (first.includes(": ")) {
  const [{ replay }, { worlds }] = await Promise.all([import("./search/replay.ts"), import("./worlds/list.ts")]);
  const { steps, broken } = await replay(worlds, first);
  for (const [index, step] of steps.entries()) print(`${String(index + 1).padStart(3)}  ${step}`);
  print(broken.length === 0 ? "Every guarantee holds." : broken.join("\n"));
  process.exitCode = broken.length === 0 ? 0 : 1;
} else {
  const { attack } = await import("./attack.ts");
  process.exitCode = await attack(Number(first) * 60_000, print);
}

async function search(all: readonly Mutation[]): Promise<void> {
  requireUpToDate(all);
  let found = 0;
  for (const fault of all) {
    const { replay, broken } = await findFault(fault);
    if (replay !== undefined) found++;
    else process.exitCode = 1;
    print(`${fault.removed}\n    ${replay === undefined ? "NOT FOUND" : `${broken.join("; ")}\n    ${replay}`}`);
  }
  print(`${found} of ${all.length} found.`);
  if (all === faults) for (const { fault, why } of outOfReach) print(`${fault}\n    out of reach: ${why}`);
}
