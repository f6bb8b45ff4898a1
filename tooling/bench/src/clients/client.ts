/** A program that makes calls to the benchmark's vendor, signed in. */
export interface Client {
  /** One call that needs the session. Returns the vendor's parsed response; rejects if the call did not succeed. */
  call(): Promise<unknown>;
  /** Other values that a program keeps: their memory counts. */
  readonly kept?: unknown;
}

/**
 * Signs in and returns a client. Each module next to this one exports one: it is the smallest program of its kind, and
 * its size and its start are also measured, so it contains nothing else.
 * @param base the vendor's base URL, with a trailing slash.
 */
export type Open = (base: string) => Promise<Client>;
