import { StoreFailed } from "@vms/core";

const ACCESS = "Check the client's user and password, and the user's permissions.";
const WRITES = "This server does not accept writes. Check the failover, and the address that the client connects to.";

/** The remedies for errors of Redis, by their first word. */
const HOW: Record<string, string> = {
  NOAUTH: ACCESS,
  WRONGPASS: ACCESS,
  NOPERM: ACCESS,
  READONLY: WRITES,
  NOREPLICAS: WRITES,
  MASTERDOWN: WRITES,
  OOM: "Redis is out of memory. Add memory, or set an eviction policy.",
  MISCONF: "Redis cannot write to its disk. Check its log.",
  LOADING: "Redis is starting. Try again later.",
  CLUSTERDOWN: "A node of the cluster is missing.",
};

/**
 * Creates an error of the store.
 * @param how the remedy. Default: the general remedy for a store.
 */
export function failure(problem: string, how?: string, retryable = true): StoreFailed {
  const remedy = { id: "check_store", ...(how === undefined ? {} : { how }) } as const;
  return new StoreFailed("redis", problem, { retryable, remedy });
}

/**
 * Converts an error of the client. It keeps only a name, because Redis quotes an unknown command with all its arguments,
 * which are secrets.
 */
export function failureOf(error: unknown): StoreFailed {
  // Without `instanceof`, because the error can be from another realm, as in jest.
  const { message, code: given } = Object(error) as Partial<NodeJS.ErrnoException>;
  if (typeof message !== "string") return failure("the client failed.");
  const word = /^-?([A-Z]{2,20})(?: |$)/.exec(message)?.[1];
  if (word !== undefined) return failure(`Redis answered with the error ${word}.`, HOW[word]);
  const kind = Object(error).constructor?.name ?? "Error";
  if (kind === "ClientClosedError") return failure("the client is not connected.", "Call `connect()` on the client.");
  const code = /^[A-Z_]{2,40}$/.test(String(given)) ? String(given) : kind;
  return failure(`Redis cannot be reached (${code}).`);
}
