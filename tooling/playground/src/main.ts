// Runs a scenario of the playground, and prints its steps and what they show.
// Run: npm run scenario -- scenario=1
import { parseArgs } from "node:util";
import { verdictsOf } from "./checks/guarantees.ts";
import { linesOf } from "./run/lines.ts";
import { Run } from "./run/run.ts";
import { scenarioFrom, unreadIn } from "./scenario/address.ts";
import { installWorld } from "./world/install.ts";

const { positionals } = parseArgs({ allowPositionals: true });
const address = positionals[0] ?? "scenario=1";
const unread = unreadIn(address);
if (unread.length > 0) {
  console.error(
    `These parts of the address cannot be read: ${unread.join(", ")}. Copy the address from the playground.`,
  );
  process.exit(2);
}
const scenario = scenarioFrom(address);
const run = new Run(installWorld(scenario.seed), scenario);
const steps = await run.finish();
const verdicts = verdictsOf(scenario, steps).filter(({ state }) => state !== "unseen");
const lines = verdicts.map(
  ({ number, title, state, reason }) => `${state}: ${number}. ${title}${reason === undefined ? "" : `: ${reason}`}`,
);
console.log([...linesOf(steps), "", ...lines].join("\n"));
if (verdicts.some(({ state }) => state === "violated")) process.exitCode = 1;
