import { describe, expect, test } from "vitest";
import type { Session } from "../../src/contract/session.ts";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const MINUTE = 60_000;

/** A vendor whose API answers each call by a rule, and a session that makes one call per second. */
function simulation(answer: (path: string, elapsed: number) => boolean) {
  const vendor = fakeVendor();
  const started = vendor.clock.now();
  const elapsed = () => vendor.clock.now() - started;
  const session = vendor.session({
    fetch: async (input, init) => {
      const { pathname } = new URL(String(input));
      if (pathname === "/login") return vendor.fetch(input, init);
      return new Response(null, { status: answer(pathname, elapsed()) ? 200 : 401 });
    },
  });
  /** Makes one call per second, and returns the statuses. A call that fails has the status 0. */
  async function run(seconds: number, pathOf: (second: number) => string): Promise<number[]> {
    const statuses: number[] = [];
    for (let second = 0; second < seconds; second++) {
      const response = await session.fetch(pathOf(second)).catch(() => undefined);
      statuses.push(response?.status ?? 0);
      await vendor.clock.advance(1_000);
    }
    return statuses;
  }
  return { vendor, session, run, elapsed };
}

test("G17: a forbidden path among other calls costs one login", async () => {
  const { vendor, run } = simulation((path) => path !== "/forbidden");
  const statuses = await run(24 * 60, (second) => (second % 2 === 0 ? "zones" : "forbidden"));
  expect(new Set(statuses.filter((_, n) => n % 2 === 0))).toEqual(new Set([200]));
  expect(new Set(statuses.filter((_, n) => n % 2 === 1))).toEqual(new Set([401]));
  // The first login, and one after a rejection.
  expect(vendor.logins).toBe(1 + 1);
});

test("G17: a forbidden path alone costs at most 8 logins in 24 minutes", async () => {
  const { vendor, run } = simulation(() => false);
  const statuses = await run(24 * 60, () => "forbidden");
  expect(new Set(statuses)).toEqual(new Set([401]));
  expect(vendor.logins - 1).toBeLessThanOrEqual(8);
});

test("G17: a vendor that rejects everything for 90 s is in use again within 120 s", async () => {
  const { run, vendor } = simulation((_, elapsed) => elapsed >= 90_000);
  const statuses = await run(180, () => "zones");
  expect(statuses.indexOf(200)).toBeLessThanOrEqual(120);
  expect(vendor.logins).toBeLessThanOrEqual(8);
});

test("G17: a path on which one of twenty operations is rejected causes at most 3 logins in an hour", async () => {
  // The same operation is rejected again when it is sent again.
  const { run, vendor } = simulation((_, elapsed) => (elapsed / 1_000) % 20 !== 7);
  await run(3_600, () => "graphql");
  expect(vendor.logins - 1).toBeLessThanOrEqual(3);
});

test("G17: on such a path, the end of a session is noticed within 20 s", async () => {
  let dead: number | undefined;
  const { run, vendor } = simulation((_, elapsed) => {
    // The vendor forgets the session after 10 minutes, until the next login.
    if (elapsed > 600_000 && dead === undefined) dead = vendor.logins;
    return dead !== vendor.logins && (elapsed / 1_000) % 20 !== 7;
  });
  const statuses = await run(700, () => "graphql");
  const since = statuses.slice(601);
  expect(since.indexOf(200)).toBeGreaterThan(0);
  expect(since.indexOf(200)).toBeLessThanOrEqual(20);
});

test("G17: a crawl of new forbidden paths costs at most the budget, and every other call gets its response", async () => {
  const { run, vendor } = simulation((path) => !path.startsWith("/forbidden"));
  const statuses = await run(600, (second) => (second % 2 === 0 ? "zones" : `forbidden/${second}`));
  expect(new Set(statuses.filter((_, n) => n % 2 === 0))).toEqual(new Set([200]));
  // Five at once, and five per minute.
  expect(vendor.logins - 1).toBeLessThanOrEqual(5 + 5 * 10);
});

describe.each(clients)("$name", ({ open }) => {
  test("G17: a thousand calls to a forbidden path cause one login, and each gets its 401", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await call("zones");
    for (let n = 0; n < 1_000; n++) {
      for (let sending = 0; sending < 2; sending++) {
        if (n === 0 || sending === 0) vendor.next("/forbidden", () => new Response(null, { status: 401 }));
      }
      expect((await call("forbidden")).status).toBe(401);
    }
    expect((await call("zones")).status).toBe(200);
    expect(vendor.logins).toBe(2);
  });
});

test("G17: a rejection that may cause no login leaves the session in use, and emits an event", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const events: unknown[] = [];
  for (const type of ["login", "rejected", "login_limited"] as const)
    session.on(type, ({ type: name }) => events.push(name));
  const causes: string[] = [];
  session.on("login_limited", ({ cause, retryAt }) => {
    causes.push(cause);
    expect(retryAt).toBeGreaterThan(vendor.clock.now());
  });
  const forbidden = async () => {
    vendor.next("/forbidden", () => new Response(null, { status: 401 }));
    return (await session.fetch("forbidden")).status;
  };
  await session.fetch("zones");
  vendor.next("/forbidden", () => new Response(null, { status: 401 }));
  expect(await forbidden()).toBe(401);
  await session.fetch("zones");
  expect(await forbidden()).toBe(401);
  expect(events).toEqual(["login", "rejected", "login", "login_limited"]);
  expect(causes).toEqual(["call_refused"]);
  expect(session.info).toBeDefined();
});

test("G17: a vendor that rejects each session immediately gets at most the budget of logins, and the calls get its response", async () => {
  const { vendor, session } = simulation(() => false);
  const causes = new Set<string>();
  session.on("login_limited", ({ cause }) => causes.add(cause));
  for (let n = 0; n < 200; n++) expect((await session.fetch(`a/${n}`)).status).toBe(401);
  expect(vendor.logins).toBeLessThanOrEqual(1 + 5);
  expect(causes).toEqual(new Set(["refused_at_once"]));
});

describe("after a failed login", () => {
  const failing = async (response: () => Response, attempts = 1) => {
    const vendor = fakeVendor();
    const session = vendor.session({ retry: { attempts } });
    let logins = 0;
    const answer = () => {
      logins++;
      return response();
    };
    const fail = () => vendor.next("/login", answer);
    return { vendor, session, fail, logins: () => logins };
  };
  const ways: readonly (readonly [string, (session: Session) => Promise<unknown>])[] = [
    ["a call", (session) => session.fetch("zones")],
    ["login()", (session) => session.login()],
    ["renew()", (session) => session.renew()],
    ["authorization()", (session) => session.authorization()],
  ];

  test.each(ways)("G17: %s fails with the same error until the vendor's Retry-After is over", async (_, use) => {
    const retryAfter = { "retry-after": "3600" };
    const { vendor, session, fail, logins } = await failing(
      () => new Response(null, { status: 429, headers: retryAfter }),
    );
    fail();
    const first = await session.fetch("zones").catch((error: unknown) => error);
    expect(first).toMatchObject({ code: "rate_limited", retryAfter: 3_600_000 });
    await vendor.clock.advance(3_599_000);
    const second = await use(session).catch((error: unknown) => error);
    expect(second).toBe(first);
    expect(second).toMatchObject({ retryAfter: 1_000 });
    expect(logins()).toBe(1);
    await vendor.clock.advance(1_000);
    await use(session);
    expect(vendor.logins).toBe(1);
  });

  test.each([
    ["0", 750],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 750],
    ["120, 120", 120_000],
    ["-5", 10_000],
    ["soon", 10_000],
    ["", 10_000],
    ["1.5", 1_500],
    ["99999999999", 100 * 365 * 86_400_000],
    ["31536000", 31_536_000_000],
  ])(
    "G17: after a login that is answered 429 with Retry-After: %s, nothing is sent for %d ms",
    async (header, wait) => {
      const { vendor, session, fail, logins } = await failing(
        () => new Response(null, { status: 429, headers: { "retry-after": header } }),
      );
      fail();
      for (const elapsed of [0, wait - 1]) {
        await vendor.clock.advance(elapsed);
        await expect(session.fetch("zones")).rejects.toMatchObject({
          code: "rate_limited",
          retryAfter: wait - elapsed,
        });
      }
      expect(logins()).toBe(1);
      await vendor.clock.advance(1);
      expect((await session.fetch("zones")).status).toBe(200);
    },
  );

  test("G17: calls also fail during the pause if a rejected call caused the login", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ retry: { attempts: 1 } });
    await session.fetch("zones");
    vendor.revoke();
    for (let n = 0; n < 10; n++) vendor.next("/login", () => new Response(null, { status: 503 }));
    const results: unknown[] = [];
    for (let n = 0; n < 5; n++) results.push(await session.fetch("zones").catch((error: unknown) => error));
    expect(new Set(results).size).toBe(1);
    expect(vendor.seen.filter(({ status }) => status === 503)).toHaveLength(1);
  });

  test.each([-86_400_000, -3_600_000, -2_000, 2_000, 3_600_000, 86_400_000])(
    "G9: a clock that is set by %d ms neither ends nor extends the pause",
    async (step) => {
      const { vendor, session, fail, logins } = await failing(() => new Response(null, { status: 503 }));
      fail();
      await expect(session.fetch("zones")).rejects.toMatchObject({ code: "vendor_unavailable", retryAfter: 750 });
      await vendor.clock.advance(250);
      vendor.clock.set(vendor.clock.now() + step);
      await expect(session.fetch("zones")).rejects.toMatchObject({ retryAfter: 500 });
      expect(session.health.pausedUntil).toBe(vendor.clock.now() + 500);
      expect(logins()).toBe(1);
      await vendor.clock.advance(500);
      expect((await session.fetch("zones")).status).toBe(200);
    },
  );

  test.each([
    ["503", () => new Response(null, { status: 503 })],
    ["a redirect", () => new Response(null, { status: 302, headers: { location: "https://sso.example" } })],
  ])("G17: after %s the pause doubles from 1 s to 5 min", async (_, response) => {
    const { vendor, session, fail, logins } = await failing(response);
    const started = vendor.clock.now();
    for (let n = 0; n < 30; n++) fail();
    while (vendor.clock.now() - started < 60 * MINUTE) {
      await expect(session.fetch("zones")).rejects.toMatchObject({ retryAfter: expect.any(Number) });
      await vendor.clock.advance(500);
    }
    // 1, 2, 4, … 256 s, then 5 min. Jitter at most halves a pause.
    expect(logins()).toBeGreaterThan(8 + 9);
    expect(logins()).toBeLessThanOrEqual(9 + 2 * 11);
  });

  test("G17: a login is retried within 30 s at a vendor that cannot be reached", async () => {
    const vendor = fakeVendor();
    let asked = 0;
    let down = true;
    const session = vendor.session({
      retry: { attempts: 1 },
      fetch: async (input, init) => {
        if (!down) return vendor.fetch(input, init);
        asked++;
        throw new TypeError("fetch failed", { cause: { code: "ECONNREFUSED" } });
      },
    });
    for (let second = 0; second < 600; second++) {
      await session.fetch("zones").catch(() => {});
      await vendor.clock.advance(1_000);
    }
    expect(asked).toBeLessThanOrEqual(5 + 40);
    down = false;
    await vendor.clock.advance(30_000);
    expect((await session.fetch("zones")).status).toBe(200);
  });

  test("G17: a successful login resets the pause", async () => {
    const { vendor, session, fail } = await failing(() => new Response(null, { status: 503 }));
    for (let n = 0; n < 4; n++) {
      fail();
      await session.fetch("zones").catch(() => {});
      await vendor.clock.advance(10_000);
    }
    await session.login();
    vendor.revoke();
    fail();
    const now = vendor.clock.now();
    const retries: (number | undefined)[] = [];
    session.on("login_failed", ({ retryAt }) => retries.push(retryAt));
    await session.fetch("zones").catch(() => {});
    expect(retries).toEqual([now + 750]);
  });
});

describe("the budget", () => {
  test("G17: is used by login(), which fails with login_limited when nothing is left", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ loginBudget: { atOnce: 2, perMinute: 6 } });
    const cycle = async () => {
      await session.login();
      await session.logout();
    };
    await cycle();
    await cycle();
    await expect(session.login()).rejects.toMatchObject({ code: "login_limited", retryable: true, retryAfter: 10_000 });
    expect(vendor.logins).toBe(2);
    await vendor.clock.advance(10_000);
    await cycle();
    expect(vendor.logins).toBe(3);
  });

  test("G17: can fall below zero by renew(), and is not used for a session that lasted a minute", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = 90_000;
    const session = vendor.session({ loginBudget: { atOnce: 1, perMinute: 1 }, renewBefore: 1 });
    for (let n = 0; n < 3; n++) await session.renew();
    expect(vendor.logins).toBe(3);
    for (let n = 0; n < 10; n++) {
      await vendor.clock.advance(91_000);
      expect((await session.fetch("zones")).status).toBe(200);
    }
    expect(vendor.logins).toBe(13);
  });

  test("G17: is used for sessions that end too early, and the event says so", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = 100;
    const session = vendor.session();
    const causes: string[] = [];
    session.on("login_limited", ({ cause }) => causes.push(cause));
    let failed = 0;
    for (let n = 0; n < 600; n++) {
      await session.fetch("zones").catch((error: unknown) => {
        expect(error).toMatchObject({ code: "login_limited" });
        failed++;
      });
      await vendor.clock.advance(200);
    }
    expect(vendor.logins).toBeLessThanOrEqual(1 + 5 + 10);
    expect(failed).toBeGreaterThan(500);
    expect(new Set(causes)).toEqual(new Set(["ends_early"]));
  });

  test.each([
    ["back by an hour", -3_600_000],
    ["back by a year", -31_536_000_000],
    ["forward by a year", 31_536_000_000],
  ])("G9: a clock that is set %s neither blocks nor refills it", async (_, jump) => {
    const vendor = fakeVendor();
    const session = vendor.session({ loginBudget: { atOnce: 2, perMinute: 1 } });
    for (let n = 0; n < 5; n++) await session.renew();
    await expect(session.login()).resolves.toMatchObject({ user: expect.anything() });
    await session.logout();
    await expect(session.login()).rejects.toMatchObject({ code: "login_limited" });
    vendor.clock.set(vendor.clock.now() + jump);
    await expect(session.login()).rejects.toMatchObject({ code: "login_limited" });
    // The budget was two below zero.
    await vendor.clock.advance(3 * MINUTE);
    await session.login();
    await session.logout();
    await expect(session.login()).rejects.toMatchObject({ code: "login_limited" });
  });

  test("G17: is used for renewals in the background, which do not start when nothing is left", async () => {
    const vendor = fakeVendor();
    vendor.lifetime = 10_000;
    const session = vendor.session({ loginBudget: { atOnce: 2, perMinute: 1 } });
    await session.login();
    for (const logins of [2, 2]) {
      await vendor.clock.advance(9_500);
      await session.fetch("zones");
      await settle();
      expect(vendor.logins).toBe(logins);
    }
  });

  test("G17: is used up by a hundred manual renewals, and is full again later", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ loginBudget: { atOnce: 2, perMinute: 1 } });
    for (let n = 0; n < 100; n++) await session.renew();
    await session.logout();
    await expect(session.login()).rejects.toMatchObject({ code: "login_limited" });
    await vendor.clock.advance(4 * MINUTE);
    await session.login();
  });
});
