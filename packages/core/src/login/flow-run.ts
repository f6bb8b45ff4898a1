import type { SessionRecord } from "../contract/session-record.ts";
import type { Lease } from "../contract/session-store.ts";
import type { LoginCredentials } from "./login-credentials.ts";
import type { SessionSetup } from "./session-setup.ts";
import type { SharedAttempt } from "./shared-attempt.ts";

/** One use of a flow: a login, an extension or a sign-out, with its retries. */
export interface FlowRun<Data, User> {
  readonly setup: SessionSetup<Data, User>;
  readonly attempt: SharedAttempt<Data, User>;
  readonly account: string;
  /** Aborts when no caller waits for the result any more. */
  readonly signal: AbortSignal;
  /** `undefined` if the run needs none, such as a sign-out. */
  readonly credentials: LoginCredentials<Data, User> | undefined;
  /** The latest record of the session before this run. */
  readonly previous: SessionRecord<Data, User> | undefined;
  /** The lease under which a new session is stored, if the store has locks. */
  readonly lease?: Lease | undefined;
  /** What the flow keeps from one try to the next. */
  readonly draft: object;
}
