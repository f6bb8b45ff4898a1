import type { Authorization } from "@vms/core";
import type { ContractCall, ForbiddenCall } from "./contract-call.ts";
import type { MakeSession } from "./contract-server.ts";

/**
 * What the server's documentation grants at a login. Durations are in ms. Omit a field if the server grants no such time, or
 * does not document it.
 */
export interface GrantedLifetime {
  /** How long a credential is valid after the login. */
  readonly expiresIn?: number | undefined;
  /** How long a credential probably lasts, if the flow uses that only as a hint (`expiresHint`). */
  readonly expiresHint?: number | undefined;
  /** How long a session lives after its last use. */
  readonly idleTimeout?: number | undefined;
  /**
   * How long after the login an expired session can be extended (`extendableFor`, `extendableUntil`).
   * `Infinity` if the server documents no limit.
   */
  readonly extendableFor?: number | undefined;
  /** How long a credential is valid after an extension. Default: `expiresIn`. */
  readonly extendedFor?: number | undefined;
}

/** The calls that a server may be unable to offer. */
export type Offer = "calls" | "post" | "forbiddenCall";

/** The facts that the contract cannot detect. State here what the vendor's package can do; the contract checks it. */
export interface FlowContractOptions {
  /** Whether the vendor has a sign-out. If it has none, `logout()` must send nothing. Default: `true`. */
  readonly signsOut?: boolean | undefined;
  /** What the server grants at a login. Default: nothing, so a session must have no expiry and no idle timeout. */
  readonly lifetime?: GrantedLifetime | undefined;
  /** Whether the flow can extend a session (`extend`). Default: `false`, so each renewal must be a login. */
  readonly extends?: boolean | undefined;
  /**
   * Whether the response to the server's `firstCall` contains a new credential (`rotate`). Default: `false`, so no response may
   * replace the credential.
   */
  readonly rotates?: boolean | undefined;
  /**
   * Whether a session can be resumed from its cookies (`resume`): those of `authorization()`, or the result of a function.
   * Default: `false`, so the option `cookies` must be `invalid_options`.
   */
  readonly resumes?: boolean | ((authorization: Authorization) => Readonly<Record<string, string>>) | undefined;
  /**
   * Whether an expired session has data for a later login (`outlives`). Default: `false`, so a store must keep
   * nothing of an expired session.
   */
  readonly outlives?: boolean | undefined;
  /** Whether calls send the credential in the URL's query. Default: `false`, so `searchParams` must be empty. */
  readonly queryCredential?: boolean | undefined;
  /** Whether calls are signed (`sign`). Default: `false`, so another `fetch` must need nothing but `authorization()`. */
  readonly signs?: boolean | undefined;
  /** Whether `sign` answers the challenge of a 401, which then costs no login. Default: `false`. */
  readonly answersChallenges?: boolean | undefined;
  /**
   * Creates sessions of another identity of the same account, for example of another realm (`identity`). They can sign in,
   * but must not use the stored session of the first identity. Default: none.
   */
  readonly otherIdentity?: MakeSession | undefined;
  /** More calls that return 2xx to a signed-in user. A string is the path of a `GET`. Default: none. */
  readonly calls?: readonly (string | ContractCall)[] | undefined;
  /**
   * A `POST` that returns 2xx to a signed-in user. Default: none.
   * @example
   * post: { path: "notes", body: new URLSearchParams({ text: "The gate is open." }) }
   */
  readonly post?: ContractCall | undefined;
  /**
   * A call that the signed-in user may not make, even with a live session. A string is the path of a `GET`. Default: none.
   * @example
   * forbiddenCall: {
   *   path: "rpc",
   *   json: { method: "users.list" },
   *   isForbidden: async (response) => (await response.json()).error?.code === "not_permitted",
   * }
   */
  readonly forbiddenCall?: string | ForbiddenCall | undefined;
  /**
   * Response statuses that say nothing about the session. Default: 400, 404, 409, 500 and 503, except the
   * server's status for an ended session.
   */
  readonly failures?: readonly number[] | undefined;
  /** The reasons why the server cannot offer `calls`, `post` or `forbiddenCall`. Each needs a reason if it is not set. */
  readonly cannot?: Readonly<Partial<Record<Offer, string>>> | undefined;
  /** Prints a line of the report on the clauses that were not tested. Default: `console.log`. */
  readonly print?: ((line: string) => void) | undefined;
  /** How long a clause may take, in ms. Default: 4,500. */
  readonly timeout?: number | undefined;
}
