import type { ChildProcess } from "node:child_process";
import type { Simulator, SimulatorOptions } from "@vms/simulator";
import type { Program } from "../src/programs.ts";

/** A made-up secret, in base32. */
export const TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

/** The environment of a program. */
export interface Scene {
  readonly vendors?: SimulatorOptions;
  /** Additional or changed environment variables. */
  readonly env?: Readonly<Record<string, string>>;
  /** Acts while the program runs: writes to its standard input, revokes sessions, or stops it. */
  during?(child: ChildProcess, simulator: Simulator): void;
}

/** The environments of programs that need more than the simulator and its accounts, by page. */
export const SCENES: ReadonlyMap<string, (program: Program) => Scene | Promise<Scene>> = new Map();
