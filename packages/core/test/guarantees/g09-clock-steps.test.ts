import { afterAll, beforeAll, expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { storeKey } from "../../src/store/store-key.ts";
import { sleep } from "../../src/util/wait.ts";
import { CREDENTIALS, type FakeUser, fakeVendor } from "../fake-vendor.ts";
import { stillCrypto } from "../still-crypto.ts";
import { type VirtualClock, virtualClock } from "../virtual-clock.ts";

let undo: () => void;
beforeAll(() => {
  undo = stillCrypto();
});
afterAll(() => undo());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Scenario {
  readonly withCode: boolean;
  readonly withStore: boolean;
  /** Whether the first login fails, so that calls fail during the pause after it. */
  readonly withPause: boolean;
}

/** At which point and by how much the wall clock is set. */
interface Step {
  readonly at: number;
  readonly by: number;
}

/** A clock that calls `reached` before each reading, and before and after each timer. */
function observed(clock: VirtualClock, reached: (point: string) => void): VirtualClock {
  return {
    ...clock,
    get pending() {
      return clock.pending;
    },
    now() {
      reached("now");
      return clock.now();
    },
    elapsed() {
      reached("elapsed");
      return clock.elapsed();
    },
    timer(ms, callback) {
      reached("timer");
      return clock.timer(ms, () => {
        reached("timer is over");
        callback();
      });
    },
  };
}

/** A store that calls `reached` before and after each access. */
function observedStore(store: SessionStore, reached: (point: string) => void): SessionStore {
  const around = async <T>(point: string, access: Promise<T>) => {
    reached(point);
    const result = await access;
    reached(`${point} is over`);
    return result;
  };
  const set: SessionStore["set"] = (key, value, options) => around("set", store.set(key, value, options));
  return {
    get: (key) => around("get", store.get(key)),
    set,
    delete: (key) => around("delete", store.delete(key)),
    withLock(key, run, options) {
      reached("lock");
      const locked = store.withLock?.(
        key,
        (lease) => {
          reached("locked");
          return run({ ...lease, set: (name, value, end) => around("set", lease.set(name, value, end)) });
        },
        options,
      );
      return around("lock", locked as NonNullable<typeof locked>);
    },
  };
}

/** Signs in with a failed attempt, a typed code and a held lock, and makes a call. Sets the wall clock at one point. */
async function signIn({ withCode, withStore, withPause }: Scenario, step?: Step) {
  const clock = virtualClock();
  const vendor = fakeVendor(clock);
  vendor.lifetime = 30 * DAY;
  const points: string[] = [];
  const reached = (point: string) => {
    if (points.length === step?.at) clock.set(clock.now() + step.by);
    points.push(point);
  };
  const ours = fakeVendor(observed(clock, reached));
  const flow: Partial<Flow<string, FakeUser>> = {
    async login(context) {
      const login = await vendor.flow.login(context);
      if (withCode) {
        await context.secondFactor({
          methods: [{ type: "totp" }],
          maxAttempts: 1,
          verify: async () => ({ accepted: true, value: await context.send("zones", { as: login.data }) }),
        });
      }
      return login;
    },
  };
  vendor.next("/login", () => new Response(null, { status: 503, headers: { "retry-after": "2" } }));
  const store = memoryStore();
  const events: string[] = [];
  const session = ours.session(
    {
      credentials: () => {
        reached("credentials");
        return CREDENTIALS;
      },
      async fetch(input, init) {
        reached("request");
        const response = await vendor.fetch(input, init);
        reached("response");
        return response;
      },
      async secondFactor({ signal }) {
        reached("code");
        // Longer than `timeout`.
        await sleep(clock, 60_000, signal);
        reached("code is typed");
        return { method: "totp", code: "123456" };
      },
      retry: { attempts: withPause ? 1 : 3 },
      ...(withStore ? { store: observedStore(store, reached) } : {}),
    },
    flow,
  );
  for (const name of [
    "login",
    "login_failed",
    "rejected",
    "expired",
    "renewed",
    "renewal_failed",
    "store_failed",
  ] as const)
    session.on(name, ({ type }) => events.push(`${type} after ${clock.elapsed()} ms`));
  const key = await storeKey(vendor.flow, CREDENTIALS.username);
  const holder = withStore ? store.withLock?.(key, () => sleep(clock, 500)) : undefined;
  const results: unknown[] = [];
  const run = async () => {
    for (let n = 0; n < 4; n++) {
      const result = await session.fetch("zones").catch((error: unknown) => error);
      const { status, code, retryAfter } = result as { status: number; code?: string; retryAfter?: number };
      results.push({ status, code, retryAfter, after: clock.elapsed() });
      await sleep(clock, 1_000);
    }
  };
  const running = run().catch((error: unknown) => results.push(error));
  await clock.advance(120_000);
  await Promise.all([running, holder]);
  const { state, loginsLeft, pausedUntil } = session.health;
  const seen = vendor.seen.map(({ path, status, headers }) => `${path} ${status} ${headers.get("authorization")}`);
  const stored = withStore && JSON.parse((await store.get(key)) ?? "{}").session?.data;
  return { points, outcome: { results, seen, events, health: { state, loginsLeft, pausedUntil }, stored } };
}

const scenarios = [false, true].flatMap((withCode) =>
  [false, true].flatMap((withStore) =>
    [false, true].map((withPause): Scenario => ({ withCode, withStore, withPause })),
  ),
);

test.each(scenarios)(
  "G9: setting the wall clock at any point of a login changes nothing (%j)",
  { timeout: 300_000 },
  async (scenario) => {
    const { points, outcome } = await signIn(scenario);
    const [first, second] = scenario.withPause ? [503, 503] : [200, 200];
    expect(outcome.results.map((result) => (result as { status: number }).status)).toEqual([first, second, 200, 200]);
    expect(outcome.seen.slice(0, 2)).toEqual(["/login 503 null", "/login 200 null"]);
    const names = ["credentials", "request", "response", ...(scenario.withPause ? [] : ["timer is over"])];
    if (scenario.withCode) names.push("code", "code is typed");
    if (scenario.withStore) names.push("get", "locked", "set");
    expect(points).toEqual(expect.arrayContaining(names));
    for (const at of points.keys()) {
      // A run with a store has many points and digests, so each point tries only two of the four steps.
      const some = at % 2 === 0 ? [-DAY, HOUR] : [DAY, -HOUR];
      for (const by of scenario.withStore ? some : [-DAY, -HOUR, HOUR, DAY]) {
        const stepped = await signIn(scenario, { at, by });
        expect(stepped.outcome, `set by ${by} ms at point ${at} (${points[at]})`).toEqual(outcome);
      }
    }
  },
);
