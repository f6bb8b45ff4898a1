import { inProcess, live, redirected } from "./smoke.ts";

// The program for a browser, whose page calls these functions.
Object.assign(globalThis, { smoke: { inProcess, live, redirected } });
