import type { ChildProcess } from "node:child_process";
import type { Simulator, SimulatorOptions } from "@vms/simulator";

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
