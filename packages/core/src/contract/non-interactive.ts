// A symbol of the global registry, so that another copy of this package recognises the mark.
const MARK = Symbol.for("@vms/core/non-interactive");

/**
 * Marks a function as needing no person, for example one that reads a code from a mailbox. Renewals in the background call
 * such a function too. They do not call an unmarked function, because it may wait for a person.
 * @param fn the function, for example the option `secondFactor`.
 * @returns the function itself.
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
