import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { SessionOptions } from "../../src/contract/options.ts";
import type { Session } from "../../src/contract/session.ts";
import { openLoginLimiter } from "../../src/session/login-limiter.ts";
import type { SessionPoolOptions } from "../../src/session/pool-options.ts";
import { openSessionPool, type SessionPool, sessionPool } from "../../src/session/session-pool.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { CREDENTIALS, type FakeUser, type FakeVendor, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const WRONG = { ...CREDENTIALS, password: "made-up-and-wrong" };
const NO_LIMIT = { run: <T>(login: () => Promise<T>) => login() };

function poolOf(vendor: FakeVendor, options: SessionPoolOptions = {}, more: Partial<SessionOptions> = {}) {
  const opened: string[] = [];
  const pool = openSessionPool<Session<FakeUser>>(
    (key, shared) => {
      opened.push(key);
      return vendor.session({ ...more, ...shared });
    },
    { loginLimiter: NO_LIMIT, ...options },
    vendor.clock,
  );
  return { pool, opened };
}

const attemptsAt = (vendor: FakeVendor) => vendor.seen.filter(({ path }) => path === "/login").length;
const codeOf = (session: Session) =>
  session.fetch("zones").then(
    ({ status }) => status,
    ({ code }: { code: unknown }) => code,
  );

/** Waits until released sessions have closed. */
async function closeReleased(vendor: FakeVendor): Promise<void> {
  await vendor.clock.advance(0);
  await settle();
}

test.for([
  [undefined, {}, /^\[@vms\/core\] sessionPool: the first argument must be a function/],
  [() => {}, null, /sessionPool: the options must be an object/],
  [() => {}, { max: 0 }, /sessionPool: `max` must be a whole number above 0/],
  [() => {}, { max: 2.5 }, /sessionPool: `max`/],
  [() => {}, { idle: -1 }, /sessionPool: `idle` must be a number above 0/],
  [() => {}, { idle: Number.NaN }, /sessionPool: `idle`/],
  [() => {}, { loginLimiter: {} }, /sessionPool: `loginLimiter` must have the method run/],
  [() => {}, "many", /sessionPool: the options must be an object/],
  [() => {}, { max: -1 }, /sessionPool: `max`/],
  [() => {}, { idle: 0 }, /sessionPool: `idle`/],
  [() => {}, { idle: "60000" }, /sessionPool: `idle`/],
  [() => {}, { loginLimiter: null }, /sessionPool: `loginLimiter`/],
  [() => {}, { maximum: 3 }, /^\[@vms\/core\] `sessionPool`: there is no option `maximum`/],
] as const)("sessionPool(%s, %j) is `invalid_options`", ([open, options, message]) => {
  const error = expect.objectContaining({ code: "invalid_options", message: expect.stringMatching(message) });
  expect(() => sessionPool(open as never, options as never)).toThrow(error);
});

test("a pool opens a session at the first `get` of its key, and returns the same one again", async () => {
  const vendor = fakeVendor();
  const { pool, opened } = poolOf(vendor);
  expect(pool.has("acme")).toBe(false);
  const session = pool.get("acme");
  expect(pool.get("acme")).toBe(session);
  expect(pool.has("acme")).toBe(true);
  expect(vendor.seen).toEqual([]);
  expect((await session.fetch("zones")).status).toBe(200);
  pool.get("other");
  expect(opened).toEqual(["acme", "other"]);
  expect(pool.size).toBe(2);
  expect([...pool].map(([key, each]) => [key, each === session])).toEqual([
    ["acme", true],
    ["other", false],
  ]);
});

test("`health` has the health of each open session", async () => {
  const vendor = fakeVendor();
  const { pool } = poolOf(vendor);
  await pool.get("acme").fetch("zones");
  pool.get("other");
  expect([...pool.health()].map(([key, { state }]) => [key, state])).toEqual([
    ["acme", "live"],
    ["other", "signed_out"],
  ]);
});

test("an error of `open` is thrown to the caller, and is not remembered", () => {
  const vendor = fakeVendor();
  let broken = true;
  const pool = sessionPool((_, shared) => {
    if (broken) throw new RangeError("no such customer");
    return vendor.session(shared);
  });
  expect(() => pool.get("acme")).toThrow(RangeError);
  expect(pool.size).toBe(0);
  broken = false;
  expect(pool.get("acme").vendor).toBe("fake");
});

test("an `open` that returns no session is a `TypeError`", () => {
  const pool = sessionPool(() => ({}) as Session);
  expect(() => pool.get("acme")).toThrow(/this is not a session/);
  expect(pool.size).toBe(0);
});

describe("beyond `max`", () => {
  test("the least recently used session is closed", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 40 }),
        async (max, keys) => {
          const vendor = fakeVendor();
          const { pool } = poolOf(vendor, { max });
          const recent: string[] = [];
          for (const key of keys.map(String)) {
            pool.get(key);
            await vendor.clock.advance(1);
            const at = recent.indexOf(key);
            if (at !== -1) recent.splice(at, 1);
            recent.push(key);
            expect([...pool].map(([each]) => each).sort()).toEqual(recent.slice(-max).sort());
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test("a session that makes calls counts as used, even without another `get`", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, { max: 2 });
    const busy = pool.get("busy");
    await busy.fetch("zones");
    await vendor.clock.advance(1);
    pool.get("quiet");
    await vendor.clock.advance(1);
    await busy.fetch("zones");
    pool.get("new");
    expect([...pool].map(([key]) => key).sort()).toEqual(["busy", "new"]);
  });

  test("a session without a store is signed out at the vendor, and the next `get` opens another", async () => {
    const vendor = fakeVendor();
    const { pool, opened } = poolOf(vendor, { max: 1 });
    const first = pool.get("acme");
    await first.fetch("zones");
    pool.get("other");
    await closeReleased(vendor);
    expect(vendor.live.size).toBe(0);
    await expect(first.fetch("zones")).rejects.toMatchObject({ code: "session_closed" });
    expect((await pool.get("acme").fetch("zones")).status).toBe(200);
    expect(opened).toEqual(["acme", "other", "acme"]);
  });

  test("a session that was never used is closed too", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, { max: 1 });
    const first = pool.get("acme");
    pool.get("other");
    await closeReleased(vendor);
    expect(first.health.state).toBe("closed");
    expect(vendor.seen).toEqual([]);
  });

  test("a session with a store stays in it", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, { max: 1 }, { store: memoryStore() });
    await pool.get("acme").fetch("zones");
    pool.get("other");
    await closeReleased(vendor);
    await pool.get("acme").fetch("zones");
    expect(vendor.logins).toBe(1);
  });

  test("a session is closed only after its callers have their responses", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, { max: 1 });
    const [login, call] = [vendor.hold("/login"), vendor.hold("/zones")];
    const response = pool.get("acme").fetch("zones");
    await login.arrived;
    pool.get("other");
    await closeReleased(vendor);
    login.release();
    await call.arrived;
    await closeReleased(vendor);
    expect(vendor.live.size).toBe(1);
    call.release();
    expect((await response).status).toBe(200);
    await closeReleased(vendor);
    expect(vendor.live.size).toBe(0);
  });

  test("a session that still has callers is used again at the next `get` of its key", async () => {
    const vendor = fakeVendor();
    const { pool, opened } = poolOf(vendor, { max: 1 });
    const held = vendor.hold("/login");
    const first = pool.get("a");
    const call = first.fetch("zones");
    await held.arrived;
    pool.get("b");
    expect(pool.get("a")).toBe(first);
    held.release();
    expect((await call).status).toBe(200);
    await closeReleased(vendor);
    expect((await first.fetch("zones")).status).toBe(200);
    expect(opened).toEqual(["a", "b"]);
    expect(vendor.logins).toBe(1);
  });

  test("a session has closed before the next session of its key signs in", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor);
    await pool.get("a").fetch("zones");
    const held = vendor.hold("/logout");
    const closed = pool.close("a");
    await held.arrived;
    const next = pool.get("a").fetch("zones");
    await settle();
    expect(vendor.logins).toBe(1);
    held.release();
    await closed;
    expect((await next).status).toBe(200);
    expect(pool.has("a")).toBe(true);
  });

  test("G10: a refusal that arrives while a session waits to be closed is remembered", async () => {
    const vendor = fakeVendor();
    const pool = openSessionPool(
      (key, shared) => vendor.session({ ...shared, credentials: key === "bad" ? WRONG : CREDENTIALS }),
      { max: 1, loginLimiter: NO_LIMIT },
      vendor.clock,
    );
    for (let n = 0; n < 5; n++) {
      const call = codeOf(pool.get("bad"));
      pool.get("other");
      expect(await call).toBe("invalid_credentials");
      await closeReleased(vendor);
    }
    const held = vendor.hold("/login");
    const other = codeOf(pool.get("other"));
    await held.arrived;
    held.release();
    await other;
    expect(attemptsAt(vendor)).toBe(2);
  });

  test("G10: a refusal that arrives after `close` of its key is remembered", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, {}, { credentials: WRONG });
    const held = vendor.hold("/login");
    const call = codeOf(pool.get("bad"));
    await held.arrived;
    const closed = pool.close("bad");
    const next = codeOf(pool.get("bad"));
    held.release();
    await closed;
    expect(await call).toBe("session_closed");
    expect(await next).toBe("invalid_credentials");
    expect(attemptsAt(vendor)).toBe(1);
  });

  test("a session stays open while a flow checks a response, and until the call is sent again", async () => {
    const vendor = fakeVendor();
    const judged = Promise.withResolvers<void>();
    const flow = {
      isRejected: async ({ status }: Response) => {
        await judged.promise;
        return status === 401;
      },
    };
    const pool = openSessionPool(
      (_, shared) => vendor.session(shared, flow),
      { max: 1, loginLimiter: NO_LIMIT },
      vendor.clock,
    );
    const session = pool.get("a");
    await session.login();
    vendor.revoke();
    const call = session.fetch("zones");
    await settle();
    pool.get("b");
    await closeReleased(vendor);
    judged.resolve();
    expect((await call).status).toBe(200);
  });

  test("500 callers of 500 keys all get their response, with room for 10 sessions", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, { max: 10 });
    const calls = Array.from({ length: 500 }, (_, n) => pool.get(`customer-${n}`).fetch("zones"));
    const responses = await Promise.all(calls);
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    await closeReleased(vendor);
    expect(vendor.live.size).toBeLessThanOrEqual(10);
    expect(pool.size).toBe(10);
  });
});

describe("after `idle`", () => {
  test.each([-86_400_000, 86_400_000])(
    "G9: the time does not depend on the wall clock, which is set by %d ms",
    async (step) => {
      const vendor = fakeVendor();
      const { pool } = poolOf(vendor, { idle: 60_000 });
      await pool.get("a").fetch("zones");
      vendor.clock.set(vendor.clock.now() + step);
      await vendor.clock.advance(50_000);
      expect(pool.has("a")).toBe(true);
      await pool.get("a").fetch("zones");
      await vendor.clock.advance(59_000);
      expect(pool.has("a")).toBe(true);
      await vendor.clock.advance(20_000);
      expect(pool.has("a")).toBe(false);
      expect(vendor.logins).toBe(1);
    },
  );

  test("a session is closed, by one timer that does not keep the process alive", async () => {
    const vendor = fakeVendor();
    const timer = vi.spyOn(vendor.clock, "timer");
    onTestFinished(() => timer.mockRestore());
    const { pool } = poolOf(vendor, { idle: 60_000 });
    await pool.get("acme").fetch("zones");
    await vendor.clock.advance(30_000);
    pool.get("other");
    expect(timer.mock.calls.filter(([, , keepAlive]) => keepAlive === false)).toHaveLength(1);
    await vendor.clock.advance(30_000);
    await closeReleased(vendor);
    expect([...pool].map(([key]) => key)).toEqual(["other"]);
    expect(vendor.live.size).toBe(0);
    await vendor.clock.advance(30_000);
    expect(pool.size).toBe(0);
    expect(vendor.clock.pending).toBe(0);
  });

  test("each session is closed after its own idle time", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, { idle: 60_000 });
    for (const key of ["a", "b", "c"]) {
      pool.get(key);
      await vendor.clock.advance(10_000);
    }
    await vendor.clock.advance(30_000);
    expect([...pool].map(([key]) => key)).toEqual(["b", "c"]);
    await vendor.clock.advance(9_999);
    expect(pool.has("b")).toBe(true);
    await vendor.clock.advance(1);
    expect([...pool].map(([key]) => key)).toEqual(["c"]);
  });

  test("a session that makes calls stays open", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, { idle: 60_000 });
    const session = pool.get("acme");
    for (let n = 0; n < 10; n++) {
      expect((await session.fetch("zones")).status).toBe(200);
      await vendor.clock.advance(50_000);
    }
    expect(pool.has("acme")).toBe(true);
    await vendor.clock.advance(60_000);
    expect(pool.has("acme")).toBe(false);
  });
});

describe("the login history of a closed session is kept", () => {
  test("G10: a wrong password is not sent again when its key is opened again", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, { max: 1 }, { credentials: WRONG });
    for (let n = 0; n < 5; n++) {
      expect(await codeOf(pool.get("acme"))).toBe("invalid_credentials");
      await pool.close("acme");
    }
    expect(attemptsAt(vendor)).toBe(1);
    expect(pool.get("acme").health.refusedSince).toBeDefined();
  });

  test("G10: a corrected password is sent immediately", async () => {
    const vendor = fakeVendor();
    let credentials = WRONG;
    const pool = openSessionPool(
      (_, shared) => vendor.session({ ...shared, credentials }),
      { loginLimiter: NO_LIMIT },
      vendor.clock,
    );
    expect(await codeOf(pool.get("acme"))).toBe("invalid_credentials");
    await pool.close("acme");
    credentials = CREDENTIALS;
    expect(await codeOf(pool.get("acme"))).toBe(200);
  });

  test("G17: a pause after a failed login is kept", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, {}, { retry: { attempts: 1 } });
    vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "3600" } }));
    for (let n = 0; n < 5; n++) {
      expect(await codeOf(pool.get("acme"))).toBe("rate_limited");
      await pool.close("acme");
    }
    expect(attemptsAt(vendor)).toBe(1);
    await vendor.clock.advance(3_600_000);
    expect(await codeOf(pool.get("acme"))).toBe(200);
  });

  test("an `open` that throws does not lose it", async () => {
    const vendor = fakeVendor();
    let broken = false;
    const pool = openSessionPool(
      (_, shared) => {
        if (broken) throw new Error("the database is away");
        return vendor.session({ ...shared, credentials: WRONG });
      },
      {},
      vendor.clock,
    );
    await codeOf(pool.get("acme"));
    await pool.close("acme");
    broken = true;
    expect(() => pool.get("acme")).toThrow("the database is away");
    broken = false;
    expect(await codeOf(pool.get("acme"))).toBe("invalid_credentials");
    expect(attemptsAt(vendor)).toBe(1);
  });

  test("for at most ten times `max` keys, and longest for refusals", async () => {
    const vendor = fakeVendor();
    const wrong = new Set(["wrong-0", "wrong-1"]);
    const pool = openSessionPool(
      (key, shared) =>
        vendor.session({ ...shared, retry: { attempts: 1 }, credentials: wrong.has(key) ? WRONG : CREDENTIALS }),
      { max: 1, loginLimiter: NO_LIMIT },
      vendor.clock,
    );
    const use = async (key: string) => {
      await codeOf(pool.get(key));
      await pool.close(key);
    };
    for (const key of wrong) await use(key);
    for (let n = 0; n < 20; n++) {
      vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "3600" } }));
      await use(`limited-${n}`);
    }
    const before = attemptsAt(vendor);
    for (const key of wrong) await use(key);
    expect(attemptsAt(vendor)).toBe(before);
    // Room for ten: the two refusals, and the latest eight of the others.
    await use("limited-19");
    await use("limited-12");
    expect(attemptsAt(vendor)).toBe(before);
    await use("limited-11");
    expect(attemptsAt(vendor)).toBe(before + 1);
  });

  test("without the session, and shows nothing when printed", async () => {
    const vendor = fakeVendor();
    const shown: unknown[] = [];
    const pool = openSessionPool(
      (_, shared) => {
        shown.push(shared);
        return vendor.session({ ...shared, credentials: WRONG });
      },
      {},
      vendor.clock,
    );
    await codeOf(pool.get("acme"));
    await pool.get("acme").close();
    pool.get("acme");
    const text = JSON.stringify(shown) + inspect([shown, pool], { showHidden: true, depth: 9 });
    expect(text).not.toContain(WRONG.password);
  });

  test("an invalid `loginHistory` is `invalid_options`", () => {
    expect(() => fakeVendor().session({ loginHistory: {} as never })).toThrow(/must come from a `sessionPool`/);
  });
});

describe("`close`", () => {
  test("of a key closes its session; the next `get` opens another", async () => {
    const vendor = fakeVendor();
    const { pool, opened } = poolOf(vendor);
    await pool.get("acme").fetch("zones");
    await pool.close("acme");
    await pool.close("unknown");
    expect(vendor.live.size).toBe(0);
    await pool.get("acme").fetch("zones");
    expect(opened).toEqual(["acme", "acme"]);
  });

  test("of the pool closes all sessions and the pool", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor, { idle: 60_000 });
    await Promise.all(["a", "b", "c"].map((key) => pool.get(key).fetch("zones")));
    await pool.closeAll();
    expect(vendor.live.size).toBe(0);
    expect(pool.size).toBe(0);
    expect(vendor.clock.pending).toBe(0);
    expect(() => pool.get("a")).toThrow(
      expect.objectContaining({
        code: "session_closed",
        vendor: "core",
        message: "[@vms/core] the pool was closed. Create another one with `sessionPool`.",
      }),
    );
    await pool.closeAll();
  });

  test("stops waiting when its signal aborts, and all sessions are closed anyway", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor);
    const all = Array.from({ length: 50 }, (_, n) => pool.get(String(n)));
    await Promise.all(all.map((session) => session.fetch("zones")));
    const held = Array.from({ length: 20 }, () => vendor.hold("/logout"));
    const leaving = new AbortController();
    const closed = pool.closeAll({ signal: leaving.signal });
    await Promise.all(held.map(({ arrived }) => arrived));
    leaving.abort(new Error("no time left"));
    await expect(closed).rejects.toThrow("no time left");
    expect(new Set(await Promise.all(all.map(codeOf)))).toEqual(new Set(["session_closed"]));
    const again = pool.closeAll();
    for (const { release } of held) release();
    await again;
    expect(vendor.live.size).toBe(0);
  });

  test("of the pool closes sessions that are still leaving, and nothing signs in afterwards", async () => {
    const vendor = fakeVendor();
    const limiter = openLoginLimiter({ concurrent: 1, perMinute: 60 }, vendor.clock);
    const { pool } = poolOf(vendor, { max: 1, loginLimiter: limiter });
    const calls = ["a", "b", "c"].map((key) => codeOf(pool.get(key)));
    await settle();
    await pool.closeAll();
    expect(vendor.live.size).toBe(0);
    const before = vendor.logins;
    await vendor.clock.advance(120_000);
    expect(vendor.logins).toBe(before);
    expect(await Promise.all(calls)).toContain("session_closed");
  });

  test("of the pool inside `open` closes the session that is being opened", () => {
    const vendor = fakeVendor();
    const pool: SessionPool = sessionPool((_, shared) => {
      pool.closeAll();
      return vendor.session(shared);
    });
    expect(() => pool.get("acme")).toThrow(expect.objectContaining({ code: "session_closed" }));
    expect(pool.size).toBe(0);
  });

  test("runs at the end of a block with `await using`", async () => {
    const vendor = fakeVendor();
    {
      await using pool = poolOf(vendor).pool;
      await pool.get("acme").fetch("zones");
    }
    expect(vendor.live.size).toBe(0);
  });

  test("of a session itself makes the pool open another one", async () => {
    const vendor = fakeVendor();
    const { pool } = poolOf(vendor);
    const session = pool.get("acme");
    await session.close();
    expect([pool.has("acme"), pool.size, pool.health().size]).toEqual([false, 0, 0]);
    expect(pool.get("acme")).not.toBe(session);
    expect((await pool.get("acme").fetch("zones")).status).toBe(200);
  });

  test("of a session itself makes the pool open another one, which closes no other session", async () => {
    const vendor = fakeVendor();
    const { pool, opened } = poolOf(vendor, { max: 2 });
    pool.get("quiet");
    await vendor.clock.advance(1);
    const session = pool.get("acme");
    await session.close();
    await vendor.clock.advance(1);
    expect(pool.get("acme")).not.toBe(session);
    pool.get("quiet");
    expect(opened).toEqual(["quiet", "acme", "acme"]);
  });
});

test("G19: a pool limits the logins of its sessions", async () => {
  const vendor = fakeVendor();
  const { pool } = poolOf(vendor, { loginLimiter: openLoginLimiter({ perMinute: 60 }, vendor.clock) });
  const calls = Array.from({ length: 10 }, (_, n) => pool.get(`customer-${n}`).fetch("zones"));
  await vendor.clock.advance(4_000);
  expect(vendor.logins).toBe(5);
  await vendor.clock.advance(60_000);
  await Promise.all(calls);
  expect(vendor.logins).toBe(10);
});
