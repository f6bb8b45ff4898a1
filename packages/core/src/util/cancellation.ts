// A symbol of the global registry, so that another copy of this package recognises the mark.
const MARK = Symbol.for("@vms/core/cancellation");

/**
 * Marks the reason of an abort as the end of the whole program, for example Ctrl-C. If the last waiter leaves with such a
 * reason, what it waited for is cancelled too, even if it would otherwise go on for others.
 */
export function cancellation<E extends Error>(reason: E): E {
  return Object.defineProperty(reason, MARK, { value: true });
}

/** Returns whether a reason is marked by `cancellation`. */
export function isCancellation(reason: unknown): boolean {
  return MARK in Object(reason);
}
