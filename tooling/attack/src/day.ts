import { wholeDay } from "./day/plan.ts";
import { printDay } from "./day/report.ts";
import { runDay } from "./day/run-day.ts";
import { holds, verdictsOf } from "./day/verdict.ts";

// Simulates a bad day of a fleet in virtual time. VMS_DAY_SEED selects another day.
const seed = Number(process.env.VMS_DAY_SEED || 1);
const started = performance.now();
const day = await runDay(wholeDay, seed);
const verdicts = verdictsOf(day);
printDay(day, verdicts);
console.log(`VMS_DAY_SEED=${seed}, trace ${day.trace}, ${((performance.now() - started) / 1000).toFixed(0)} s`);
process.exitCode = holds(verdicts) ? 0 : 1;
