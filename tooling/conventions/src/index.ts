export { readFiles } from "./read-files.ts";
export { linesOf, rules } from "./rules.ts";
export { workspaceOf } from "./workspace.ts";
