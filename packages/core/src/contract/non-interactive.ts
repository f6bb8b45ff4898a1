// In the global symbol registry, so that another copy of this package recognises the mark.
const MARK = Symbol.for("@vms/core/non-interactive");

/**
 * Marks a function as needing no person, for example one that reads a code from a mailbox. Background renewals call
 * only marked functions.
 * @param fn the function, which is returned.
 * @example
 * const secondFactor = nonInteractive<SecondFactor>(async ({ account, signal }) => ({
 *   method: "email",
 *   code: await mailbox.codeFor(account, signal),
 * }));
 */
export function nonInteractive<F extends (...parameters: never[]) => unknown>(fn: F): F {
  return Object.defineProperty(fn, MARK, { value: true });
}

/**
 * Returns whether a function is marked by `nonInteractive`.
 * @example
 * if (!isNonInteractive(options.face)) console.log("A login may wait for a person.");
 */
export function isNonInteractive(fn: object): boolean {
  return MARK in fn;
}
