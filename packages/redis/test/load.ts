import { until } from "./until.ts";
import type { Watched } from "./watched.ts";

/** How many callers each host has. */
const CALLERS = 5;

/** Hosts that make calls without a pause, and the results. */
export interface Load {
  /** The errors and statuses of calls that should have succeeded. */
  readonly wrong: readonly unknown[];
  /** How long the slowest call took, in ms. */
  readonly longest: number;
  /** How many calls each host has made. */
  readonly calls: readonly number[];
  /** How often a host could not use its store. */
  failures(): number;
  /** Waits until each host has made this many more calls. */
  goOn(calls: number): Promise<void>;
  /** Stops making calls, and waits until the running ones have ended. */
  stop(): Promise<void>;
}

/**
 * Starts the load.
 * @param ended how often the vendor has ended sessions. A call during such an end may be rejected.
 */
export function startLoad(hosts: readonly Watched[], path: string, ended: () => number = () => 0): Load {
  const calls = hosts.map(() => 0);
  const wrong: unknown[] = [];
  let longest = 0;
  let over = false;

  async function call({ session }: Watched): Promise<void> {
    const [startedAt, endedBefore] = [performance.now(), ended()];
    try {
      const { status } = await session.fetch(path);
      if (status !== 200 && !(status === 401 && ended() > endedBefore)) wrong.push(status);
    } catch (error) {
      wrong.push(error);
    }
    longest = Math.max(longest, performance.now() - startedAt);
  }

  const running = hosts.flatMap((host, i) =>
    Array.from({ length: CALLERS }, async () => {
      while (!over) {
        await call(host);
        calls[i]!++;
      }
    }),
  );
  return {
    wrong,
    get longest() {
      return longest;
    },
    calls,
    failures: () => hosts.reduce((sum, { failures }) => sum + failures.length, 0),
    async goOn(more) {
      const goals = calls.map((made) => made + more);
      await until(() => calls.every((made, i) => made >= goals[i]!));
    },
    async stop() {
      over = true;
      await Promise.all(running);
    },
  };
}

/**
 * Waits until all hosts use one session that is newer than a moment, which each has read from or written to the store.
 * @param newcomer creates another host, which must then find that session too.
 */
export async function untilShared(hosts: readonly Watched[], since: number, newcomer: () => Watched): Promise<void> {
  const issued = () => hosts.map(({ session }) => session.info?.issuedAt ?? 0);
  await until(() => issued().every((at, _, [first]) => at === first && at > since));
  // A session that is due for renewal at this moment would be replaced.
  await until(async () => {
    const { session, from, failures } = newcomer();
    await session.login();
    return failures.length === 0 && from[0] === "store";
  });
}
