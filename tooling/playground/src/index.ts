export { GUARANTEES, type Verdict, verdictsOf } from "./checks/guarantees.ts";
export { hasProgram, programOf } from "./program.ts";
export { linesOf } from "./run/lines.ts";
export { Run } from "./run/run.ts";
export { addressOf, scenarioFrom } from "./scenario/address.ts";
export { scenarioOf } from "./scenario/guarantees.ts";
export type { Scenario } from "./scenario/scenario.ts";
export { installWorld } from "./world/install.ts";
