import type { FlowContractOptions, MakeSession } from "@vms/test-suite";
import type { Check, CheckName } from "../checks/check.ts";
import type { RunningServer } from "../servers/running-server.ts";

/** A server and the flow to test against it. */
export interface Subject {
  /** The name on the command line. */
  readonly name: string;
  readonly title: string;
  /** The required programs. */
  readonly programs: readonly string[];
  /** The Debian packages that contain the programs. */
  readonly packages: readonly string[];
  readonly start: (resources: AsyncDisposableStack) => Promise<RunningServer>;
  readonly makeSession: MakeSession;
  /** The options of the contract. */
  readonly contract: FlowContractOptions;
  /** Clauses of the contract that fail with this server, and why. A clause that passes is an error. */
  readonly failing: Readonly<Record<string, string>>;
  /** Checks that do not apply to this server, and why. */
  readonly unaskable: Readonly<Partial<Record<CheckName, string>>>;
  /** Checks that apply only to this server. */
  readonly further: readonly Check[];
}
