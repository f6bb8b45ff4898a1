export { type Files, type House, houseOf } from "./house.ts";
export { readFiles } from "./read.ts";
export type { Breach, Rule } from "./rule.ts";
export { linesOf, rules } from "./rules.ts";
