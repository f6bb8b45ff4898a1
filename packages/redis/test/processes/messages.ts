/** An order for a host. */
export interface Orders {
  readonly redis: string;
  readonly baseUrl: string;
  readonly credentials: { readonly username: string; readonly password: string };
  readonly callers: number;
  readonly path: string;
  readonly lockTtl: number;
}

/** What came of it. */
export interface Report {
  /** How many calls were answered 200. */
  readonly served: number;
  /** When it made its calls, in ms since the epoch. */
  readonly calledAt: number;
  /** How long the one that waited longest took, in ms. */
  readonly longest: number;
  /** Where its sessions came from. */
  readonly from: readonly string[];
  readonly storeFailures: number;
}
