import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LoginLimiter } from "../../src/contract/login-limiter.ts";
import { loginLimiter, openLoginLimiter } from "../../src/session/login-limiter.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { sleep } from "../../src/util/wait.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";
import { settle, virtualClock } from "../virtual-clock.ts";

const MINUTE = 60_000;

test.for([
  [{ concurrent: 0 }, /^\[@vms\/core\] loginLimiter: `concurrent` must be a whole number above 0/],
  [{ concurrent: 1.5 }, /loginLimiter: `concurrent`/],
  [{ perMinute: Number.NaN }, /^\[@vms\/core\] loginLimiter: `perMinute` must be a number above 0/],
  [{ perMinute: 0 }, /loginLimiter: `perMinute`/],
  [{ perMinute: -1 }, /loginLimiter: `perMinute`/],
  [{ perminute: 1 }, /^\[@vms\/core\] `loginLimiter`: there is no option `perminute`. Did you mean `perMinute`\?/],
  [null, /^\[@vms\/core\] loginLimiter: the options must be an object/],
  ["fast", /loginLimiter: the options must be an object/],
] as const)("the options %j are `invalid_options`", ([options, message]) => {
  const error = expect.objectContaining({ code: "invalid_options", message: expect.stringMatching(message) });
  expect(() => loginLimiter(options as never)).toThrow(error);
});

test("the option `loginLimiter` accepts only a limiter", () => {
  expect(() => fakeVendor().session({ loginLimiter: {} as LoginLimiter })).toThrow(
    /`loginLimiter` must have the method run/,
  );
});

describe("G19: a limiter", () => {
  test("starts at most `perMinute` logins in any minute, at most `concurrent` at a time, in the order of the requests", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 30 }),
        async (concurrent, perMinute, durations) => {
          const clock = virtualClock();
          const limiter = openLoginLimiter({ concurrent, perMinute }, clock);
          const started: { index: number; at: number }[] = [];
          let running = 0;
          let most = 0;
          const all = durations.map((ms, index) =>
            limiter.run(async () => {
              started.push({ index, at: clock.now() });
              most = Math.max(most, ++running);
              await sleep(clock, ms);
              running--;
            }),
          );
          await clock.advance(durations.length * (MINUTE + 30_000));
          await Promise.all(all);
          expect(most).toBeLessThanOrEqual(concurrent);
          expect(started.map(({ index }) => index)).toEqual(durations.map((_, index) => index));
          for (const { at } of started) {
            const inMinute = started.filter((one) => one.at >= at && one.at < at + MINUTE);
            expect(inMinute.length).toBeLessThanOrEqual(perMinute);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test("removes an aborted login and its timer from the queue", async () => {
    const clock = virtualClock();
    const limiter = openLoginLimiter({ perMinute: 1 }, clock);
    await limiter.run(async () => {});
    const leaving = new AbortController();
    const order: string[] = [];
    const left = limiter.run(async () => order.push("left"), { signal: leaving.signal });
    const alsoLeft = limiter.run(async () => order.push("also left"), { signal: leaving.signal });
    expect(clock.pending).toBe(1);
    leaving.abort(new Error("no longer needed"));
    for (const one of [left, alsoLeft]) await expect(one).rejects.toThrow("no longer needed");
    expect(clock.pending).toBe(0);
    await expect(limiter.run(async () => {}, { signal: leaving.signal })).rejects.toThrow("no longer needed");
    const next = limiter.run(async () => order.push("next"));
    await clock.advance(MINUTE);
    await next;
    expect(order).toEqual(["next"]);
  });

  test("starts logins on time although earlier ones still run, and even if one leaves the queue", async () => {
    const clock = virtualClock();
    const limiter = openLoginLimiter({ concurrent: 3, perMinute: 60 }, clock);
    const started: number[] = [];
    const leaving = new AbortController();
    const run = (signal?: AbortSignal) =>
      limiter.run(async () => {
        started.push(clock.elapsed());
        await sleep(clock, MINUTE);
      }, signal && { signal });
    const stay = [run(), run()];
    const left = run(leaving.signal);
    stay.push(run(), run());
    leaving.abort(new Error("no longer needed"));
    await expect(left).rejects.toThrow("no longer needed");
    await clock.advance(2_000);
    expect(started).toEqual([0, 1_000, 2_000]);
    await clock.advance(3 * MINUTE);
    await Promise.all(stay);
    expect(started).toEqual([0, 1_000, 2_000, MINUTE]);
  });

  test("lets a login that waits for another one leave", async () => {
    const clock = virtualClock();
    const limiter = openLoginLimiter({ concurrent: 1 }, clock);
    const gate = Promise.withResolvers<void>();
    const running = limiter.run(() => gate.promise);
    await clock.advance(1_000);
    const leaving = new AbortController();
    const left = limiter.run(async () => {}, { signal: leaving.signal });
    leaving.abort(new Error("no longer needed"));
    await expect(left).rejects.toThrow("no longer needed");
    gate.resolve();
    await running;
    expect(clock.pending).toBe(0);
  });

  test("starts the next login after one that failed", async () => {
    const clock = virtualClock();
    const limiter = openLoginLimiter({ concurrent: 1 }, clock);
    await expect(limiter.run(() => Promise.reject(new Error("refused")))).rejects.toThrow("refused");
    const next = limiter.run(async () => "next");
    await clock.advance(MINUTE);
    expect(await next).toBe("next");
  });
});

describe("G19: sessions with one limiter", () => {
  test("space their logins, and their calls on live sessions do not wait", async () => {
    const vendor = fakeVendor();
    const limiter = openLoginLimiter({ perMinute: 6 }, vendor.clock);
    const sessions = Array.from({ length: 5 }, () => vendor.session({ loginLimiter: limiter }));
    const calls = sessions.map((session) => session.fetch("zones"));
    await settle();
    expect(vendor.logins).toBe(1);
    expect((await sessions[0]?.fetch("zones"))?.status).toBe(200);
    await vendor.clock.advance(10_000);
    expect(vendor.logins).toBe(2);
    await vendor.clock.advance(30_000);
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(vendor.logins).toBe(5);
  });

  test("do not sign in for callers that have left, or after `logout()`", async () => {
    const vendor = fakeVendor();
    const limiter = openLoginLimiter({ perMinute: 1 }, vendor.clock);
    await vendor.session({ loginLimiter: limiter }).login();
    const [left, closed] = [vendor.session({ loginLimiter: limiter }), vendor.session({ loginLimiter: limiter })];
    const leaving = new AbortController();
    const call = left.fetch("zones", { signal: leaving.signal });
    const waiting = closed.fetch("zones");
    await settle();
    leaving.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    await closed.logout();
    await expect(waiting).rejects.toMatchObject({ code: "session_closed" });
    await vendor.clock.advance(10 * MINUTE);
    expect(vendor.logins).toBe(1);
    expect(vendor.clock.pending).toBe(0);
  });

  test("send nothing for a caller that has left, although their limiter ignores the signal", async () => {
    const vendor = fakeVendor();
    const gate = Promise.withResolvers<void>();
    const session = vendor.session({ loginLimiter: { run: (login) => gate.promise.then(login) } });
    const leaving = new AbortController();
    const call = session.fetch("zones", { signal: leaving.signal });
    await settle();
    leaving.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    gate.resolve();
    await settle();
    expect(vendor.seen).toEqual([]);
  });

  test("do not count the wait against `timeout`", async () => {
    const vendor = fakeVendor();
    const limiter = openLoginLimiter({ perMinute: 1 }, vendor.clock);
    await vendor.session({ loginLimiter: limiter }).login();
    const call = vendor.session({ loginLimiter: limiter, timeout: 1_000 }).fetch("zones");
    await vendor.clock.advance(MINUTE);
    expect((await call).status).toBe(200);
  });

  test("use a session that another process stores while they wait for their turn", async () => {
    const vendor = fakeVendor();
    const store = memoryStore();
    const limiter = openLoginLimiter({ perMinute: 1 }, vendor.clock);
    await vendor.session({ loginLimiter: limiter, credentials: { ...CREDENTIALS, username: "other" } }).login();
    const waiting = vendor.session({ store, loginLimiter: limiter }).fetch("zones");
    await settle();
    // A session that waits for its turn holds no lock, so the other process can sign in.
    await vendor.session({ store }).login();
    await vendor.clock.advance(1_000);
    expect((await waiting).status).toBe(200);
    expect(vendor.logins).toBe(2);
    expect(vendor.clock.pending).toBe(0);
  });

  test("send refused credentials once, and take no turn after that", async () => {
    const vendor = fakeVendor();
    const limiter = openLoginLimiter({ perMinute: 1 }, vendor.clock);
    const refused = vendor.session({
      loginLimiter: limiter,
      credentials: { username: "operator", password: "made-up-and-wrong" },
    });
    for (let n = 0; n < 5; n++)
      await expect(refused.fetch("zones")).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(vendor.clock.pending).toBe(0);
  });
});

describe("a limiter of the user", () => {
  const open = (run: (login: () => Promise<unknown>) => unknown) => {
    const vendor = fakeVendor();
    return { vendor, session: vendor.session({ loginLimiter: { run } as LoginLimiter }) };
  };

  test("that never calls the login delays neither a caller that leaves nor `close()`", async () => {
    const { session } = open(() => new Promise(() => {}));
    const leaving = new AbortController();
    const call = session.fetch("zones", { signal: leaving.signal });
    const other = session.fetch("zones");
    await settle();
    leaving.abort(new Error("enough"));
    await expect(call).rejects.toThrow("enough");
    const closed = expect(other).rejects.toMatchObject({ code: "session_closed" });
    await session.close();
    await closed;
  });

  test("that loses the result of the login changes nothing", async () => {
    const { session } = open(async (login) => {
      await login();
    });
    expect((await session.fetch("zones")).status).toBe(200);
  });

  test("that calls the login twice causes one login", async () => {
    const { session, vendor } = open((login) => Promise.all([login(), login()]));
    expect((await session.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(1);
  });

  test("that returns without calling the login is `invalid_options`", async () => {
    const { session } = open(async () => {});
    await expect(session.fetch("zones")).rejects.toMatchObject({ code: "invalid_options" });
  });

  test.each([
    ["rejects", () => Promise.reject(new Error("the queue is away"))],
    [
      "throws",
      () => {
        throw new Error("the queue is away");
      },
    ],
  ])("that %s is a failed login, and the next call uses it again", async (_, fail) => {
    let broken = true;
    const { session } = open((login) => (broken ? fail() : login()));
    const heard: unknown[] = [];
    session.on("login_failed", ({ error }) => heard.push(error));
    await expect(session.fetch("zones")).rejects.toThrow("the queue is away");
    expect(heard).toHaveLength(1);
    expect(session.health.lastFailure).toBeDefined();
    broken = false;
    expect((await session.fetch("zones")).status).toBe(200);
  });
});
