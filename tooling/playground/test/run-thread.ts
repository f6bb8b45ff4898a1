import { parentPort, workerData } from "node:worker_threads";
import { linesOf, Run, scenarioFrom, verdictsOf } from "../src/index.ts";
import { installWorld } from "../src/world/install.ts";

const scenario = scenarioFrom(String(workerData));
const run = new Run(installWorld(scenario.seed), scenario);
const steps = await run.finish();
const logins = steps.filter((step) => step.kind === "request" && step.password !== undefined).length;
parentPort?.postMessage({ scenario, lines: linesOf(steps), verdicts: verdictsOf(scenario, steps), logins });
