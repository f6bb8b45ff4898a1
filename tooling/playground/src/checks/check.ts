import type { History } from "./history.ts";

/** `true` if the guarantee held, `"unseen"` if the run does not show it, else what broke it. */
type Result = boolean | string;

/** Checks one guarantee in a run. */
export type Check = (history: History) => Result;
