/** Counts of requests and their results. */
export interface Counts {
  /** Requests that ask for a session with a password, whatever their response. */
  attempts: number;
  /** Logins that the server accepted. */
  logins: number;
  /** Requests that extend a session. */
  extensions: number;
  /** All other requests. */
  calls: number;
  /** Calls that the server rejected with a status of `refusals`. */
  refused: number;
}

/** How to classify a server's requests. */
export interface Kinds {
  /** The purpose of a request. */
  kindOf(request: Request): "login" | "extension" | "call" | Promise<"login" | "extension" | "call">;
  /** Whether the response to a login means that the password is right. */
  accepts(response: Response): boolean;
  /** The maximum number of concurrent requests; others wait. Default: no limit. */
  readonly atOnce?: number;
  /** The statuses with which the server rejects a credential. */
  readonly refusals: readonly number[];
}

/** A `fetch` that forwards requests to the server and counts them. */
export function countedFetch({ kindOf, accepts, refusals, atOnce }: Kinds): {
  readonly fetch: typeof globalThis.fetch;
  readonly counts: Counts;
} {
  const inTurn = limit(atOnce ?? Number.POSITIVE_INFINITY);
  const counts: Counts = { attempts: 0, logins: 0, extensions: 0, calls: 0, refused: 0 };
  return {
    counts,
    async fetch(input, init) {
      const request = new Request(input, init);
      const kind = await kindOf(request.clone());
      if (kind === "login") counts.attempts++;
      else if (kind === "extension") counts.extensions++;
      else counts.calls++;
      const response = await inTurn(() => globalThis.fetch(request));
      if (kind === "login" && accepts(response)) counts.logins++;
      if (kind === "call" && refusals.includes(response.status)) counts.refused++;
      return response;
    },
  };
}

/** Runs at most `atOnce` functions concurrently, in call order. */
function limit(atOnce: number): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await run();
    } finally {
      running--;
      waiting.shift()?.();
    }
  };
}
