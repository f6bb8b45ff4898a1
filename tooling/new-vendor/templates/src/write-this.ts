/** Thrown by a placeholder that the author of this package has to replace. */
export class NotWrittenYet extends Error {
  override readonly name = "NotWrittenYet";
}

/**
 * A placeholder for something that is not written yet. Delete this file when nothing imports it.
 * @throws {NotWrittenYet} naming what to write, and where.
 */
export function writeThis(what: string): never {
  throw new NotWrittenYet(`write this: ${what}`);
}
