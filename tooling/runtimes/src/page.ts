import { inProcess, live, redirected } from "./smoke.ts";

// The program for a browser, which calls these functions in a page.
Object.assign(globalThis, { smoke: { inProcess, live, redirected } });
