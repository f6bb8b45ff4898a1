import { StoreFailed } from "@vms/core";

const ACCESS = "Check the client's user and password, and the user's permissions.";
const WRITES = "This server accepts no writes now. Check the failover, or where the client connects.";

/** What to do about the errors of Redis, by their first word. */
const HOW: Record<string, string> = {
  NOAUTH: ACCESS,
  WRONGPASS: ACCESS,
  NOPERM: ACCESS,
  READONLY: WRITES,
  NOREPLICAS: WRITES,
  MASTERDOWN: WRITES,
  OOM: "Its memory is full. Give it more, or set an eviction policy.",
  MISCONF: "It cannot save to its disk. See its log.",
  LOADING: "It is starting.",
  CLUSTERDOWN: "The cluster lacks a node.",
};

/**
 * Makes an error of this package.
 * @param how what to look at. Default: the store.
 */
export function failure(problem: string, how?: string, retryable = true): StoreFailed {
  const remedy = { id: "check_store", ...(how === undefined ? {} : { how }) } as const;
  return new StoreFailed("redis", problem, { retryable, remedy });
}

/**
 * Turns an error of the client into one of ours. Only a name is kept: Redis quotes an unknown command with all its arguments,
 * and they are secrets.
 */
export function failureOf(error: unknown): StoreFailed {
  // By its parts, because it can be an error of another realm, as in jest.
  const { message, code: given } = Object(error) as Partial<NodeJS.ErrnoException>;
  if (typeof message !== "string") return failure("the client failed.");
  const word = /^-?([A-Z]{2,20})(?: |$)/.exec(message)?.[1];
  if (word !== undefined) return failure(`Redis answered with the error ${word}.`, HOW[word]);
  const kind = Object(error).constructor?.name ?? "Error";
  if (kind === "ClientClosedError") return failure("the client is not connected.", "Call its `connect()`.");
  const code = /^[A-Z_]{2,40}$/.test(String(given)) ? String(given) : kind;
  return failure(`Redis cannot be reached (${code}).`);
}
