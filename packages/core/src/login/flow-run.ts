import type { SessionRecord } from "../contract/session-record.ts";
import type { Lease } from "../contract/session-store.ts";
import type { LoginCredentials } from "./login-credentials.ts";
import type { SessionSetup } from "./session-setup.ts";
import type { SharedAttempt } from "./shared-attempt.ts";

/** One use of a flow, with its retries: a login, an extension or a sign-out. */
export interface FlowRun<Data, User> {
  readonly setup: SessionSetup<Data, User>;
  readonly attempt: SharedAttempt<Data, User>;
  readonly account: string;
  /** Aborts when the last caller leaves. */
  readonly signal: AbortSignal;
  /** `undefined` if none are needed, as for a sign-out. */
  readonly credentials: LoginCredentials<Data, User> | undefined;
  /** The latest record of the session before this run. */
  readonly previous: SessionRecord<Data, User> | undefined;
  /** The lease for storing the new session, if the store has locks. */
  readonly lease?: Lease | undefined;
  /** What the flow keeps between tries. */
  readonly draft: object;
}
