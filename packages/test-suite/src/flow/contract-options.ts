import type { Authorization } from "@vms/core";
import type { ContractCall, ForbiddenCall } from "./contract-call.ts";
import type { MakeSession } from "./contract-server.ts";

/**
 * What the server grants at a login, by its documentation. Durations are in ms. A field that is left out means that the server
 * grants no such time, or does not say it.
 */
export interface GrantedLifetime {
  /** How long a credential is valid after the login. */
  readonly expiresIn?: number | undefined;
  /** After how long a credential probably expires, if the flow takes that only as a hint (`expiresHint`). */
  readonly expiresHint?: number | undefined;
  /** How long a session lives after its last use. */
  readonly idleTimeout?: number | undefined;
  /**
   * How long after the login a session can be extended although it has expired (`extendableFor`, `extendableUntil`).
   * `Infinity` if the server states no end.
   */
  readonly extendableFor?: number | undefined;
  /** How long a credential is valid after an extension. Default: `expiresIn`. */
  readonly extendedFor?: number | undefined;
}

/** What a server may be unable to offer to the contract. */
export type Offer = "calls" | "post" | "forbiddenCall";

/** Information that the contract cannot find out. What the vendor's package can do is stated here, and the contract checks it. */
export interface FlowContractOptions {
  /** Whether the vendor has a sign-out. If it has none, `logout()` must send nothing. Default: `true`. */
  readonly signsOut?: boolean | undefined;
  /** What the server grants at a login. Default: nothing, so a session must have no expiry and no idle timeout. */
  readonly lifetime?: GrantedLifetime | undefined;
  /** Whether the flow can extend a session (`extend`). Default: `false`, so each renewal must be a login. */
  readonly extends?: boolean | undefined;
  /**
   * Whether the response to the server's `firstCall` carries a new credential (`rotate`). Default: `false`, so no response may
   * replace the credential.
   */
  readonly rotates?: boolean | undefined;
  /**
   * Whether a session can be resumed by its cookies (`resume`): those of `authorization()`, or what a function makes of it.
   * Default: `false`, so the option `cookies` must be `invalid_options`.
   */
  readonly resumes?: boolean | ((authorization: Authorization) => Readonly<Record<string, string>>) | undefined;
  /**
   * Whether a session has data that helps a login after it has expired (`outlives`). Default: `false`, so a store must keep
   * nothing of an expired session.
   */
  readonly outlives?: boolean | undefined;
  /** Whether calls carry the credential in the URL's query. Default: `false`, so `searchParams` must be empty. */
  readonly queryCredential?: boolean | undefined;
  /** Whether calls are signed (`sign`). Default: `false`, so `authorization()` must be all that another `fetch` needs. */
  readonly signs?: boolean | undefined;
  /** Whether `sign` answers the challenge of a 401, so that it costs no login. Default: `false`. */
  readonly answersChallenges?: boolean | undefined;
  /**
   * Creates sessions of another identity of the same account, for example of another realm (`identity`). They can sign in too,
   * and may not use a stored session of the others. Default: none.
   */
  readonly otherIdentity?: MakeSession | undefined;
  /** Further calls that return 2xx to a signed-in user, besides `firstCall`. A string is the path of a `GET`. Default: none. */
  readonly calls?: readonly (string | ContractCall)[] | undefined;
  /**
   * A `POST` that returns 2xx to a signed-in user. Default: none.
   * @example
   * post: { path: "notes", body: new URLSearchParams({ text: "The gate is open." }) }
   */
  readonly post?: ContractCall | undefined;
  /**
   * A call that the signed-in user may not make, although the session is live. A string is the path of a `GET`. Default: none.
   * @example
   * forbiddenCall: {
   *   path: "rpc",
   *   json: { method: "users.list" },
   *   isForbidden: async (response) => (await response.json()).error?.code === "not_permitted",
   * }
   */
  readonly forbiddenCall?: string | ForbiddenCall | undefined;
  /**
   * Statuses of responses that say nothing about the session. Default: those of 400, 404, 409, 500 and 503 that are not the
   * server's answer to a call of an ended session.
   */
  readonly failures?: readonly number[] | undefined;
  /** Why the server cannot offer `calls`, `post` or `forbiddenCall`. Each needs a reason if it is not given. */
  readonly cannot?: Readonly<Partial<Record<Offer, string>>> | undefined;
  /** Prints a line of the report on the clauses that were not tested. Default: `console.log`. */
  readonly print?: ((line: string) => void) | undefined;
  /** How long a clause may take, in ms. Default: 4,500. */
  readonly timeout?: number | undefined;
}
