/** A signed-in client of the benchmark's vendor. */
export interface Client {
  /** Makes a call that needs the session, and returns the parsed response. Rejects if the call fails. */
  call(): Promise<unknown>;
  /** Other values that the client keeps, so that their memory counts. */
  readonly kept?: unknown;
}

/**
 * Signs in and returns a client. Every other module in this folder exports such a function. Each is as small as possible,
 * because the benchmark also measures its size and start.
 * @param base the vendor's base URL, with a trailing slash.
 */
export type Open = (base: string) => Promise<Client>;
