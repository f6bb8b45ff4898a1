/** The exit statuses of `vms`. */
export const EXIT = {
  ok: 0,
  /** A failure without its own status. */
  failed: 1,
  /** The command line, the configuration or a given file is wrong. Nothing was sent. */
  usage: 2,
  /** Not signed in, or the vendor rejected the credentials, the code or the account. */
  notSignedIn: 3,
  /** The vendor answered the call with 400 to 499. */
  clientError: 4,
  /** The vendor answered with 429, or 500 or above, or not at all. */
  unavailable: 5,
  /** The vendor answered something that it does not document. */
  unexpected: 6,
  /** Ended by a signal: 128 and its number. */
  hangup: 129,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
