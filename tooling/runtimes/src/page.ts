import { inProcess, live, redirected } from "./smoke.ts";

// The program for a browser: whoever opens the page calls these.
Object.assign(globalThis, { smoke: { inProcess, live, redirected } });
