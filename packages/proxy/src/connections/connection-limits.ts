import { invalid } from "../invalid.ts";
import { openFileLimit } from "./open-file-limit.ts";

/** Limits of callers' connections. */
export interface ConnectionLimits {
  /**
   * How long a caller may take to send the headers of a request, in ms. A connection without an accepted request is closed
   * after this time, even if requests on it were refused. Bodies, responses and WebSockets may take any time. An accepted
   * connection is closed after 65 s without a request. Default: 10,000.
   */
  readonly headersTimeout?: number;
  /**
   * How many connections without an accepted request may be open. If there are more, the oldest of them is closed. Default: a
   * quarter of the files that the process may open (`ulimit -n`), from 16 to 4,096. On systems other than Linux: 1,024.
   */
  readonly maxUnauthenticated?: number;
}

/** The longest time that Node's timers support, in ms. */
const LONGEST = 2 ** 31 - 1;

/**
 * Checks the limits and sets the defaults.
 * @throws {InvalidOptions} `invalid_options` for a number that is not valid.
 */
export function readLimits({
  headersTimeout = 10_000,
  maxUnauthenticated,
}: ConnectionLimits): Required<ConnectionLimits> {
  requireCount("headersTimeout", headersTimeout, LONGEST);
  if (maxUnauthenticated !== undefined) {
    requireCount("maxUnauthenticated", maxUnauthenticated, Number.MAX_SAFE_INTEGER);
  }
  return { headersTimeout, maxUnauthenticated: maxUnauthenticated ?? defaultMaximum() };
}

function defaultMaximum(): number {
  const files = openFileLimit();
  return files === undefined ? 1_024 : Math.min(4_096, Math.max(16, Math.floor(files / 4)));
}

function requireCount(name: keyof ConnectionLimits, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw invalid(`\`${name}\` must be a whole number from 1 to ${max}.`);
}
