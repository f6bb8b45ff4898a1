export { assumptionsOf } from "./assumptions/assumptions.ts";
export { renderAssumptions } from "./assumptions/render.ts";
export { readFiles } from "./read-files.ts";
export { linesOf, rules } from "./rules.ts";
export { workspaceOf } from "./workspace.ts";
