import { expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { checkOptions } from "../../src/contract/settings.ts";
import { openSession } from "../../src/session/create-session.ts";
import { CREDENTIALS, type FakeUser, ORIGIN } from "../fake-vendor.ts";
import { settle, virtualClock } from "../virtual-clock.ts";

const MINUTE = 60_000;
const KILLS = 1_000;

interface Tokens {
  readonly access: string;
  readonly refresh: string;
}

/** The vendor accepts the earlier refresh token until a new token is used, because a response can be lost. */
function graceVendor(now: () => number) {
  const seen = { logins: 0, refreshes: 0, refused: 0 };
  let made = 0;
  let current = { access: "", refresh: "", until: 0 };
  let earlier: string | undefined;
  const issue = () => {
    current = { access: `access-${++made}`, refresh: `refresh-${made}`, until: now() + 5 * MINUTE };
    return Response.json({ access: current.access, refresh: current.refresh });
  };
  const answer = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    if (pathname === "/login") {
      seen.logins++;
      return issue();
    }
    if (pathname === "/refresh") {
      const token = await request.text();
      if (token !== current.refresh && token !== earlier) {
        seen.refused++;
        return new Response(null, { status: 400 });
      }
      seen.refreshes++;
      earlier = token;
      return issue();
    }
    if (request.headers.get("authorization") !== `Bearer ${current.access}`) return new Response(null, { status: 401 });
    earlier = undefined;
    return new Response("zones", { status: now() < current.until ? 200 : 401 });
  };
  return { seen, answer };
}

const tokens = {
  "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value: value as Tokens }) },
} as const;

const flow: Flow<Tokens, FakeUser> = {
  vendor: "fake",
  baseUrl: new URL(`${ORIGIN}/`),
  async login(context) {
    const { username } = await context.credentials();
    const data = (await context.send("login")).json(tokens);
    return { data, user: { name: username }, expiresIn: 5 * MINUTE, extendableFor: 60 * MINUTE };
  },
  async extend(context, { data }) {
    const response = await context.send("refresh", { body: data.refresh });
    if (!response.ok) throw response.toError();
    return { data: response.json(tokens), expiresIn: 5 * MINUTE, extendableFor: 60 * MINUTE };
  },
  authorize: ({ data }) => ({ headers: { authorization: `Bearer ${data.access}` } }),
  parse: (data) => data as Tokens,
};

/** A process that is killed before or after one of its steps. Its later steps have no effect and get no response. */
function processOf(killedAt: number) {
  let step = 0;
  const dead = Promise.withResolvers<void>();
  const die = () => {
    dead.resolve();
    return new Promise<never>(() => {});
  };
  const alive = async () => {
    if (step++ >= killedAt) await die();
  };
  return {
    dead: dead.promise,
    isDead: () => step > killedAt,
    /** @param isSlow whether other steps can begin before this one takes effect, as during a write to disk. */
    async step<T>(run: () => T | Promise<T>, isSlow = false): Promise<T> {
      await alive();
      if (isSlow) await settle();
      if (step > killedAt) await die();
      const result = await run();
      await alive();
      return result;
    },
  };
}

type Process = ReturnType<typeof processOf>;

/** A store on a disk that all processes share. The lock of a dead process is taken over. */
function diskStore() {
  const values = new Map<string, string>();
  let holder: Process | undefined;
  return (process: Process): SessionStore => {
    const set: SessionStore["set"] = (key, value) => process.step(() => void values.set(key, value), true);
    return {
      get: (key) => process.step(() => values.get(key)),
      set,
      delete: (key) => process.step(() => void values.delete(key)),
      async withLock(_key, run) {
        await process.step(() => {
          expect(holder === undefined || holder.isDead()).toBe(true);
          holder = process;
        });
        const result = await run({ signal: new AbortController().signal, set });
        await process.step(() => {
          holder = undefined;
        });
        return result;
      },
    };
  };
}

test(`${KILLS} processes that are killed one after the other, at any moment, lose no refresh token`, async () => {
  const clock = virtualClock();
  const vendor = graceVendor(() => clock.now());
  const disk = diskStore();
  const killed = new Map<number, number>();
  const run = async (killedAt: number): Promise<number | undefined> => {
    const process = processOf(killedAt);
    const fetch: typeof globalThis.fetch = (input, init) => {
      const request = new Request(input, init);
      return process.step(() => vendor.answer(request));
    };
    const options = checkOptions("fake", { credentials: CREDENTIALS, fetch, store: disk(process) });
    const call = openSession(flow, options, clock).fetch("zones");
    const status = await Promise.race([call.then((response) => response.status), process.dead]);
    await settle();
    return status ?? undefined;
  };
  expect(await run(Number.POSITIVE_INFINITY)).toBe(200);
  for (let kill = 0; kill < KILLS; kill++) {
    // Each step in turn, with a session that has expired or not.
    await clock.advance(kill % 3 === 0 ? MINUTE : 6 * MINUTE);
    const at = kill % 23;
    if ((await run(at)) === undefined) killed.set(at, (killed.get(at) ?? 0) + 1);
  }
  await clock.advance(6 * MINUTE);
  expect(await run(Number.POSITIVE_INFINITY)).toBe(200);
  expect(vendor.seen).toMatchObject({ logins: 1, refused: 0 });
  expect(vendor.seen.refreshes).toBeGreaterThan(KILLS / 4);
  // Each step of an extension was killed: reads, lock, request, write, release and call.
  expect([...killed.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: killed.size }, (_, at) => at));
  expect(killed.size).toBeGreaterThan(12);
});
