// In the global symbol registry, so that another copy of this package recognises the mark.
const MARK = Symbol.for("@vms/core/cancellation");

/**
 * Marks an abort reason as the end of the whole program, for example Ctrl-C. When the last waiter leaves with it, a
 * login is cancelled that would otherwise continue for later callers.
 */
export function cancellation<E extends Error>(reason: E): E {
  return Object.defineProperty(reason, MARK, { value: true });
}

export function isCancellation(reason: unknown): boolean {
  return MARK in Object(reason);
}
