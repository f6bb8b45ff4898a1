// A symbol of the global registry, so that the mark of another copy of this package counts.
const MARK = Symbol.for("@vms/core/unattended");

/**
 * Marks a function that answers without a human, such as one that reads a code from a device, so that renewals in the
 * background ask it as well. Without the mark, a function is taken to wait for a human, who is asked only while a call waits.
 * @returns the function itself.
 */
export function unattended<F extends (...parameters: never[]) => unknown>(answerer: F): F {
  return Object.defineProperty(answerer, MARK, { value: true });
}

/** Whether a function has the mark. */
export function isUnattended(answerer: object): boolean {
  return MARK in answerer;
}
