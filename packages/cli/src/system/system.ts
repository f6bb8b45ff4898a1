import type { ChildProcess } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import type { Keyring } from "./keyring.ts";
import type { Places } from "./places.ts";

/** Variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Standard input. */
interface Input extends Readable {
  readonly isTTY?: boolean;
  readonly isRaw?: boolean;
  setRawMode?(mode: boolean): unknown;
}

/** Standard output or standard error. */
export interface Output extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Where signals arrive. */
export interface Signals {
  on(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  off(signal: NodeJS.Signals, listener: (signal: NodeJS.Signals) => void): unknown;
  emit(signal: NodeJS.Signals, name: NodeJS.Signals): unknown;
}

/** Everything that a run of `vms` uses of its process. The command line never uses the process directly. */
export interface System {
  /** The words after the name of the program. */
  readonly args: readonly string[];
  readonly env: Environment;
  /** @throws {CliError} if the user has no home directory, and `VMS_HOME` is not set. */
  readonly places: Places;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly signals: Signals;
  /** Whether Node was started so that `fetch` uses the proxy of the environment. */
  readonly usesEnvironmentProxy: boolean;
  /** Starts a program with the input and output of the run. It is ended if the run ends before it. */
  startProgram(program: string, args: readonly string[], env: Environment): ChildProcess;
  /** The system's keyring. One for the whole run. Nothing is started before its first use. */
  openKeyring(): Promise<Keyring>;
  /** Reports work that may continue after the command has its result. The run ends when this work has ended too. */
  outlasting(work: Promise<unknown>): void;
  /** Ends the run immediately. */
  exit(status: number): void;
}
