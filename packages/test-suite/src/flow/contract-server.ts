import type { Session, SessionOptions } from "@vms/core";
import type { ContractCall } from "./contract-call.ts";

/** The server for the tests of a vendor's sessions: a simulator, or your own. */
export interface ContractServer {
  /** The base URL of the vendor's API. */
  readonly baseUrl: string;
  /** An account that can sign in. The password has at least six characters, and is not part of the user name. */
  readonly account: { readonly username: string; readonly password: string };
  /**
   * A call that succeeds (2xx) with a session. A string is the path of a `GET`, relative to the base URL.
   * @example
   * firstCall: { path: "rpc", json: { method: "zones.list" } }
   */
  readonly firstCall: string | ContractCall;
  /** How many logins succeeded. */
  readonly logins: number;
  /** Ends all sessions. Accounts do not change. */
  revokeAll(): unknown;
  /** Reaches the server. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The vendor's name, which sessions must also have. Default: the name is not checked. */
  readonly vendor?: string | undefined;
  /** How many logins were attempted. Default: the contract counts the requests that contain the password. */
  readonly loginAttempts?: number | undefined;
  /**
   * The server's clock, if it can be moved forward. Durations are in ms. Default: the server uses the machine's time, and only
   * the sessions' clock is moved.
   */
  readonly clock?: { advance(ms: number): unknown } | undefined;
  /** How many sessions are open. Default: the contract checks only that a sign-out is sent. */
  readonly sessions?: number | undefined;
  /** Closes the server. Called after the clause if a function created the server. */
  close?(): unknown;
}

/** Creates a session of the vendor: its `create<Vendor>Session`, or `(options) => createSession(flowOf(options), options)`. */
export type MakeSession = (options: SessionOptions & { readonly baseUrl: string }) => Session;
