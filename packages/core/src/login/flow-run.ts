import type { SessionRecord } from "../contract/session-record.ts";
import type { Lease } from "../contract/session-store.ts";
import type { LoginCredentials } from "./login-credentials.ts";
import type { SessionSetup } from "./session-setup.ts";
import type { SharedAttempt } from "./shared-attempt.ts";

/** A login, an extension or a sign-out, with its retries. */
export interface FlowRun<Data, User> {
  readonly setup: SessionSetup<Data, User>;
  readonly attempt: SharedAttempt<Data, User>;
  readonly account: string;
  /** Aborts when the last caller leaves. */
  readonly signal: AbortSignal;
  /** `undefined` if none are needed, as for a sign-out. */
  readonly credentials: LoginCredentials<Data, User> | undefined;
  /** The latest earlier record of the session. */
  readonly previous: SessionRecord<Data, User> | undefined;
  /** For storing the new session, if the store has locks. */
  readonly lease?: Lease | undefined;
  /** Kept between tries. */
  readonly draft: object;
}
