import type { Session, SessionOptions } from "@vms/core";

/** The server that a vendor's sessions are tried against: a simulator's, or one of your own. */
export interface ContractServer {
  /** Where the vendor's API is. */
  readonly baseUrl: string;
  /** Somebody who can sign in. The password has six characters or more, and is no part of the user name. */
  readonly account: { readonly username: string; readonly password: string };
  /** A call that answers 2xx to who is signed in, relative to the base URL. */
  readonly firstCall: string;
  /** Logins that succeeded. */
  readonly logins: number;
  /** Ends every session, and lets accounts be. */
  revokeAll(): unknown;
  /** Reaches the server. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The vendor's name, which sessions must have too. Default: it is not looked at. */
  readonly vendor?: string | undefined;
  /** Logins that were tried. Default: requests with the password in them are counted. */
  readonly loginAttempts?: number | undefined;
  /** Sessions that are alive. Without it, a sign-out is only seen to be sent. */
  readonly sessions?: number | undefined;
  /** Called after the clause that the server was made for. */
  close?(): unknown;
}

/** Makes a session of the vendor: its `create<Vendor>Session`, or `(options) => createSession(flowOf(options), options)`. */
export type MakeSession = (options: SessionOptions & { readonly baseUrl: string }) => Session;

/** What the contract cannot see by itself. */
export interface FlowContractOptions {
  /** Whether the vendor has a sign-out. Where it has none, nothing may be sent for it. Default: `true`. */
  readonly signsOut?: boolean | undefined;
  /** How long a clause may take, in ms. Default: 4,500. */
  readonly timeout?: number | undefined;
}
