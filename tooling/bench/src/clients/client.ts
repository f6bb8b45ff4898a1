/** A program that makes calls to the benchmark's vendor, signed in. */
export interface Client {
  /** One call that needs the session. Gives the vendor's answer, parsed; rejects where the call did not succeed. */
  call(): Promise<unknown>;
  /** What a program keeps as well, where the call does not hold it: its memory counts. */
  readonly kept?: unknown;
}

/**
 * Signs in and gives a client. Each module beside this one exports one: it is the smallest program of its kind, and
 * its size and its start are measured as well, so it holds nothing else.
 * @param base the vendor's base URL, with a slash at the end.
 */
export type Open = (base: string) => Promise<Client>;
