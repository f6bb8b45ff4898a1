import { parentPort, workerData } from "node:worker_threads";
import { linesOf, Run, scenarioFrom, verdictsOf } from "../src/index.ts";
import { groupsOf } from "../src/run/lines.ts";
import { installWorld } from "../src/world/install.ts";

const scenario = scenarioFrom(String(workerData));
const run = new Run(installWorld(scenario.seed), scenario);
const steps = await run.finish();
const logins = steps.filter((step) => step.kind === "request" && step.password !== undefined).length;
const shown = groupsOf(steps).map(({ guarantee }) => guarantee);
parentPort?.postMessage({ shown, scenario, lines: linesOf(steps), verdicts: verdictsOf(scenario, steps), logins });
