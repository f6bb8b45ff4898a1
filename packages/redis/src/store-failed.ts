import { StoreFailed } from "@vms/core";

const ACCESS = "Check the user and password that the client was given, and what they may do.";
const WRITES =
  "The client writes to a server that does not take writes now: check the failover, or where the client connects.";

/** What to do about the errors of Redis, by their first word. */
const ADVICE: Record<string, string> = {
  NOAUTH: ACCESS,
  WRONGPASS: ACCESS,
  NOPERM: ACCESS,
  READONLY: WRITES,
  NOREPLICAS: WRITES,
  MASTERDOWN: WRITES,
  OOM: "Its memory is full: give it more, or a policy of eviction.",
  MISCONF: "It cannot save to its disk: see its log.",
  LOADING: "It is starting.",
  CLUSTERDOWN: "The cluster lacks a node.",
};

/** Makes an error of this package. */
export function failure(what: string, retryable = true): StoreFailed {
  return new StoreFailed("redis", what, { retryable });
}

/**
 * Turns an error of the client into one of ours. Only a name is kept: Redis quotes an unknown command with all its arguments,
 * and they are secrets.
 */
export function failureOf(error: unknown): StoreFailed {
  if (!(error instanceof Error)) return failure("the client failed.");
  const word = /^-?([A-Z]{2,20})(?: |$)/.exec(error.message)?.[1];
  if (word !== undefined) return failure(`Redis answered with the error ${word}.${suffix(ADVICE[word])}`);
  const kind = error.constructor.name;
  if (kind === "ClientClosedError") return failure("the client is not connected. Call its `connect()`.");
  const code = "code" in error && /^[A-Z_]{2,40}$/.test(String(error.code)) ? String(error.code) : kind;
  return failure(`Redis cannot be reached (${code}).`);
}

const suffix = (text: string | undefined) => (text === undefined ? "" : ` ${text}`);
