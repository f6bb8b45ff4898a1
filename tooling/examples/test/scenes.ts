import type { ChildProcess } from "node:child_process";
import type { Simulator, SimulatorOptions } from "@vms/simulator";
import type { Program } from "../src/programs.ts";
import { otherTools } from "./scenes/other-tools.ts";

/** Made up, in base32. */
export const TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** What a program finds when it runs. */
export interface Scene {
  readonly vendors?: SimulatorOptions;
  /** Further variables, or other values. */
  readonly env?: Readonly<Record<string, string>>;
  /** Acts while the program runs: writes to its standard input, revokes sessions, ends it. */
  during?(child: ChildProcess, simulator: Simulator): void;
}

/** What the programs of a page find, if it is more than the simulator and its accounts. */
export const SCENES: ReadonlyMap<string, (program: Program) => Scene | Promise<Scene>> = new Map([
  ["docs/other-tools.md", otherTools],
]);
