import { describe, expect, test } from "vitest";
import type { SessionOptions } from "../../src/contract/options.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const HOUR = 3_600_000;

/** A vendor, and two signed-in sessions that share a store. */
async function twoProcesses(options: Partial<SessionOptions> = {}) {
  const vendor = fakeVendor();
  const store = memoryStore();
  const [one, other] = [vendor.session({ store, ...options }), vendor.session({ store, ...options })];
  for (const session of [one, other]) await session.fetch("zones");
  const limited: string[] = [];
  other.on("login_limited", ({ cause }) => limited.push(cause));
  /** Rejects the next calls to `/forbidden`. */
  const forbid = (times: number) => {
    for (let n = 0; n < times; n++) vendor.next("/forbidden", () => new Response(null, { status: 401 }));
  };
  const sentTo = (path: string) => vendor.seen.filter((one) => one.path === path).length;
  return { vendor, one, other, limited, forbid, sentTo };
}

test("G17: the login after a rejected call uses one of the budget", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.fetch("zones");
  expect(session.health.loginsLeft).toBe(5);
  for (const left of [4, 3]) {
    vendor.revoke();
    expect((await session.fetch("zones")).status).toBe(200);
    expect(session.health.loginsLeft).toBe(left);
  }
});

test.each([
  ["refused_at_once", false],
  ["ends_early", true],
])("G17: without a budget the cause of a limit is %s (a call was accepted before: %s)", async (cause, accepted) => {
  const vendor = fakeVendor();
  const session = vendor.session({ loginBudget: { atOnce: 1, perMinute: 1 } });
  await session.login();
  if (accepted) await session.fetch("zones");
  const causes: unknown[] = [];
  session.on("login_limited", (event) => causes.push(event.cause));
  vendor.revoke();
  expect((await session.fetch("zones")).status).toBe(401);
  expect(vendor.logins).toBe(1);
  expect(causes).toEqual([cause]);
});

test("G17: a renewal in the background of a session that lasted a minute costs nothing", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session();
  await session.login();
  await vendor.clock.advance(HOUR - 60_000);
  await session.fetch("zones");
  await settle();
  expect(vendor.logins).toBe(2);
  expect(session.health.loginsLeft).toBe(5);
});

test.each([
  [60_000, 5],
  [59_999, 4],
])("G17: after a session that lasted %d ms, %d logins are left", async (lasted, left) => {
  const vendor = fakeVendor();
  vendor.lifetime = lasted;
  const session = vendor.session({ renewBefore: 1 });
  await session.login();
  await vendor.clock.advance(lasted);
  await session.fetch("zones");
  expect(vendor.logins).toBe(2);
  expect(session.health.loginsLeft).toBe(left);
});

test("G17: a session counts as in use until 10 s after an accepted call", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  for (let n = 0; n < 2; n++) vendor.next("/a", () => new Response(null, { status: 401 }));
  await session.fetch("a");
  await vendor.clock.advance(60_000);
  await session.fetch("zones");
  const ends: unknown[] = [];
  session.on("login_limited", ({ cause, retryAt }) => ends.push([cause, retryAt - vendor.clock.now()]));
  await vendor.clock.advance(9_999);
  for (const [status, logins] of [
    [401, 2],
    [200, 3],
  ] as const) {
    vendor.next("/a", () => new Response(null, { status: 401 }));
    expect((await session.fetch("a")).status).toBe(status);
    expect(vendor.logins).toBe(logins);
    await vendor.clock.advance(1);
  }
  expect(ends).toEqual([["call_refused", 1]]);
});

test("G17: refused calls are remembered by path, until one of them is accepted after a login", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const reject = async (path: string) => {
    for (let n = 0; n < 2; n++) vendor.next(`/${path}`, () => new Response(null, { status: 401 }));
    const { status } = await session.fetch(path);
    // The second response, if the call was not sent again.
    await session.fetch(path);
    return status;
  };
  await session.fetch("zones");
  for (const path of ["a", "b"]) {
    expect(await reject(path)).toBe(401);
    await session.fetch("zones");
  }
  expect(vendor.logins).toBe(3);
  await vendor.clock.advance(60_000);
  vendor.revoke();
  expect((await session.fetch("a")).status).toBe(200);
  expect(vendor.logins).toBe(4);
  await session.fetch("zones");
  for (const [path, status, logins] of [
    ["b", 401, 4],
    ["a", 200, 5],
  ] as const) {
    vendor.next(`/${path}`, () => new Response(null, { status: 401 }));
    expect((await session.fetch(path)).status).toBe(status);
    expect(vendor.logins).toBe(logins);
  }
});

test("G17: two calls that are rejected together after a login start one pause of 15 s", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const reject = async (paths: readonly string[], times: number) => {
    for (const path of paths)
      for (let n = 0; n < times; n++) vendor.next(`/${path}`, () => new Response(null, { status: 401 }));
    for (const { status } of await Promise.all(paths.map((path) => session.fetch(path)))) expect(status).toBe(401);
  };
  await session.login();
  await reject(["a", "b"], 2);
  expect(vendor.logins).toBe(2);
  await vendor.clock.advance(14_999);
  await reject(["a", "b", "c"], 1);
  expect(vendor.logins).toBe(2);
  await vendor.clock.advance(1);
  await reject(["c"], 2);
  expect(vendor.logins).toBe(3);
});

test("G17: the pause of 15 s continues although other calls are accepted", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  for (let n = 0; n < 2; n++) vendor.next("/a", () => new Response(null, { status: 401 }));
  await session.fetch("a");
  await session.fetch("zones");
  await vendor.clock.advance(14_999);
  vendor.next("/a", () => new Response(null, { status: 401 }));
  expect((await session.fetch("a")).status).toBe(401);
  expect(vendor.logins).toBe(2);
});

test.each([
  ["shows that the session which has followed by rotation is in use", "rotation", 2],
  ["says nothing about the session of a later login", "login", 4],
] as const)("G17: a late acceptance %s", async (_, change, logins) => {
  const vendor = fakeVendor();
  const session = vendor.session({}, { rotate: (response) => response.headers.get("x-next") ?? undefined });
  await session.login();
  for (let n = 0; n < 2; n++) vendor.next("/a", () => new Response(null, { status: 401 }));
  await session.fetch("a");
  const held = vendor.hold("/late");
  const late = session.fetch("late");
  await held.arrived;
  if (change === "login") await session.renew();
  vendor.live.add("token-2").add("token-r");
  vendor.next("/zones", () => new Response(null, { headers: change === "login" ? {} : { "x-next": "token-r" } }));
  if (change === "rotation") await session.fetch("zones");
  await vendor.clock.advance(50_000);
  held.release();
  expect((await late).status).toBe(200);
  vendor.next("/a", () => new Response(null, { status: 401 }));
  expect((await session.fetch("a")).status).toBe(change === "login" ? 200 : 401);
  expect(vendor.logins).toBe(logins);
});

test("G17: a call that is rejected during the pause after a failed login gets the vendor's response, without an event", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({ retry: { attempts: 1 } });
  await session.login();
  await vendor.clock.advance(HOUR - 60_000);
  vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "60" } }));
  await session.fetch("zones");
  await settle();
  const limited: unknown[] = [];
  session.on("login_limited", (event) => limited.push(event));
  vendor.next("/zones", () => new Response(null, { status: 401 }));
  expect((await session.fetch("zones")).status).toBe(401);
  expect(vendor.seen.filter(({ path }) => path === "/login")).toHaveLength(2);
  expect(limited).toEqual([]);
});

test("G17: after failed logins have used up the budget, the error is login_limited and not the last failure", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ retry: { attempts: 1 }, loginBudget: { atOnce: 2, perMinute: 1 } });
  for (let n = 0; n < 2; n++) {
    vendor.next("/login", () => new Response(null, { status: 503 }));
    await expect(session.login()).rejects.toMatchObject({ code: "vendor_unavailable" });
    await vendor.clock.advance(2_000);
  }
  await expect(session.login()).rejects.toMatchObject({
    code: "login_limited",
    retryAfter: 56_000,
    message: expect.stringContaining("signed in too often"),
  });
});

describe("sessions that share a store", () => {
  test("G17: do not sign in for a call that one of them knows to be refused, and stay in use", async () => {
    const { vendor, one, other, limited, forbid, sentTo } = await twoProcesses();
    forbid(5);
    expect((await one.fetch("forbidden")).status).toBe(401);
    await settle();
    expect(vendor.logins).toBe(2);
    // The second session does not know this yet: it tries the stored session, and may not sign in afterwards.
    expect((await other.fetch("forbidden")).status).toBe(401);
    expect(sentTo("/forbidden")).toBe(5);
    expect(limited).toEqual(["call_refused"]);
    expect((await other.fetch("zones")).status).toBe(200);
    // Another session object of the same process does the same.
    await other.close();
    await other.login();
    expect(vendor.logins).toBe(2);
  });

  test("G17: may sign in if one of them knows another call to be refused", async () => {
    const { vendor, one, other, limited, forbid } = await twoProcesses();
    forbid(2);
    await one.fetch("forbidden");
    await settle();
    await other.renew();
    await other.fetch("zones");
    vendor.revoke();
    const before = vendor.logins;
    expect((await other.fetch("zones")).status).toBe(200);
    expect(vendor.logins).toBe(before + 1);
    expect(limited).toEqual([]);
  });

  test("G17: share one budget", async () => {
    const { vendor, one, other, limited } = await twoProcesses({ loginBudget: { atOnce: 3, perMinute: 1 } });
    for (let n = 0; n < 3; n++) {
      vendor.revoke();
      expect((await one.fetch("zones")).status).toBe(200);
    }
    const before = vendor.logins;
    vendor.revoke();
    expect((await other.fetch("zones")).status).toBe(401);
    expect(vendor.logins).toBe(before);
    expect(limited).toHaveLength(1);
  });

  test("G3: send a call at most three times: with their own session, with the stored one, and with a new one", async () => {
    const { vendor, one, other, forbid, sentTo } = await twoProcesses();
    await one.renew();
    forbid(4);
    expect((await other.fetch("forbidden")).status).toBe(401);
    expect(sentTo("/forbidden")).toBe(3);
    expect(vendor.logins).toBe(3);
  });

  test("G3: do not sign in for a call that is rejected with a stored session, if that session is in use", async () => {
    const { vendor, one, other, forbid } = await twoProcesses();
    await one.renew();
    forbid(1);
    const gate = Promise.withResolvers<void>();
    vendor.next("/forbidden", () => gate.promise.then(() => new Response(null, { status: 401 })));
    const call = other.fetch("forbidden");
    await settle();
    expect((await other.fetch("zones")).status).toBe(200);
    gate.resolve();
    expect((await call).status).toBe(401);
    expect(vendor.logins).toBe(2);
  });
});
