/** What was sent to a server, and what the server did. */
export interface Counts {
  /** Requests that ask for a session with a password, whatever their response. */
  attempts: number;
  /** Such requests that the server accepted. */
  logins: number;
  /** Requests that extend a session. */
  extensions: number;
  /** All other requests. */
  calls: number;
  /** Calls that the server refused with one of the statuses of `refusals`. */
  refused: number;
}

/** How a server's requests are told apart. */
export interface Kinds {
  /** What a request is for. */
  kindOf(request: Request): "login" | "extension" | "call" | Promise<"login" | "extension" | "call">;
  /** Whether the response to a login shows that the password is right. */
  accepts(response: Response): boolean;
  /** How many requests the server gets at a time. The others wait. Default: all. */
  readonly atOnce?: number;
  /** The statuses by which the server refuses a credential. */
  readonly refusals: readonly number[];
}

/** A `fetch` that sends everything to the server, and counts. */
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

/** Runs at most `atOnce` functions at a time, in the order of the calls. */
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
