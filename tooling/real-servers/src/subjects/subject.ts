import type { FlowContractOptions, MakeSession } from "@vms/test-suite";
import type { Check, CheckName } from "../checks/check.ts";
import type { RunningServer } from "../servers/running-server.ts";

/** A server, and the flow that is tested against it. */
export interface Subject {
  /** The name by which the program is asked for it. */
  readonly name: string;
  readonly title: string;
  /** The programs that it needs. */
  readonly programs: readonly string[];
  /** The Debian packages that have them. */
  readonly packages: readonly string[];
  readonly start: (resources: AsyncDisposableStack) => Promise<RunningServer>;
  readonly makeSession: MakeSession;
  /** What the contract is told about the server and the flow. */
  readonly contract: FlowContractOptions;
  /** Clauses of the contract that fail with this server, and why. If one of them passes, that is a failure. */
  readonly failing: Readonly<Record<string, string>>;
  /** Checks that this server cannot be asked, and why. */
  readonly unaskable: Readonly<Partial<Record<CheckName, string>>>;
  /** What only this server can be asked. */
  readonly further: readonly Check[];
}
