// Tries mutations of the core, and writes into docs/mutations.md which tests detect them.
// Run: npm run attack:mutations
// Only those with one of these words in their text: npm run attack:mutations -- lease
import { rowOf, writeRow } from "./document.ts";
import { mutations } from "./list.ts";
import { requireUpToDate } from "./mutation.ts";
import { type Outcome, tryMutation } from "./try-mutation.ts";

const WORKERS = 2;
const words = process.argv.slice(2);
const print = (line: string) => void process.stdout.write(`${line}\n`);

requireUpToDate(mutations);
const startedAt = performance.now();
// Without a mutation all tests must pass. Otherwise each row would name the tests that fail anyway.
const { guarantees, histories } = await tryMutation(undefined);
const failing = [...guarantees, ...histories];
if (failing.length > 0) throw new Error(`Tests fail without a mutation: ${failing.join(", ")}.`);

const chosen = mutations.filter(({ removed }) => words.length === 0 || words.some((word) => removed.includes(word)));
const outcomes: Outcome[] = [];
const waiting = chosen.values();
const work = async () => {
  for (const mutation of waiting) {
    const outcome = await tryMutation(mutation);
    outcomes.push(outcome);
    writeRow(outcome);
    print(rowOf(outcome));
  }
};
await Promise.all(Array.from({ length: WORKERS }, work));
print(`${chosen.length} mutations in ${Math.round((performance.now() - startedAt) / 1_000)} s.`);

for (const outcome of outcomes) {
  const survives = outcome.guarantees.length === 0 && outcome.histories.length === 0;
  if (survives === (outcome.mutation?.survives !== undefined)) continue;
  print(
    `${survives ? "Not detected by any test" : "Detected, although `survives` says why not"}: ${outcome.mutation?.removed}`,
  );
  process.exitCode = 1;
}
