/** A message to a host. */
export interface Orders {
  readonly redis: string;
  readonly baseUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly callers: number;
  readonly path: string;
  readonly lockTtl: number;
}

/** The results of a host. */
export interface Report {
  /** How many calls returned 200. */
  readonly served: number;
  /** When it made its calls, in ms since the epoch. */
  readonly calledAt: number;
  /** How long the slowest call took, in ms. */
  readonly longest: number;
  /** The sources of its sessions. */
  readonly from: readonly string[];
  readonly storeFailures: number;
}
