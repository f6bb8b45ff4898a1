import { expect, test } from "vitest";
import type { Session } from "../../src/contract/session.ts";
import { CREDENTIALS, type FakeUser, type FakeVendor, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const HOUR = 3_600_000;
const tokenOf = async (session: Session<FakeUser>) =>
  ((await (await session.fetch("zones")).json()) as { token: string }).token;

async function live(lifetime: number, options: Parameters<FakeVendor["session"]>[0] = {}) {
  const vendor = fakeVendor();
  vendor.lifetime = lifetime;
  const session = vendor.session(options);
  await session.login();
  return { vendor, session };
}

test("G6: a renewal that is due runs once, in the background, and calls continue with the live session", async () => {
  const { vendor, session } = await live(HOUR, { renewBefore: 120_000 });
  await vendor.clock.advance(HOUR - 120_001);
  expect(await tokenOf(session)).toBe("token-1");
  await settle();
  expect(vendor.logins).toBe(1);
  await vendor.clock.advance(1);
  const held = vendor.hold("/login");
  expect(await Promise.all([tokenOf(session), tokenOf(session), tokenOf(session)])).toEqual(Array(3).fill("token-1"));
  await held.arrived;
  expect(await tokenOf(session)).toBe("token-1");
  held.release();
  await settle();
  expect(await tokenOf(session)).toBe("token-2");
  expect(vendor.logins).toBe(2);
});

test("G6: a failed renewal emits an event; the next attempt waits, with jitter, and the live session is used until it expires", async () => {
  const { vendor, session } = await live(HOUR);
  const events: unknown[] = [];
  session.on("renewal_failed", (event) => events.push(event));
  await vendor.clock.advance(HOUR - 100_000);
  const down = () => vendor.next("/login", () => new Response(null, { status: 302 }));
  down();
  expect(await tokenOf(session)).toBe("token-1");
  await settle();
  const now = vendor.clock.now();
  // The random number is one half: 1,000 ms × (0.5 + 0.25).
  expect(events).toEqual([
    { type: "renewal_failed", error: expect.objectContaining({ code: "unexpected_response" }), retryAt: now + 750 },
  ]);
  await vendor.clock.advance(749);
  expect(await tokenOf(session)).toBe("token-1");
  await settle();
  expect(events).toHaveLength(1);
  await vendor.clock.advance(1);
  down();
  await tokenOf(session);
  await settle();
  expect(events).toHaveLength(2);
  expect(events[1]).toMatchObject({ retryAt: vendor.clock.now() + 1_500 });
  await vendor.clock.advance(100_000);
  expect(await tokenOf(session)).toBe("token-2");
});

test("G6: a renewal window longer than the lifetime does not renew endlessly", async () => {
  const { vendor, session } = await live(60_000, { renewBefore: HOUR });
  for (let n = 0; n < 20; n++) {
    await tokenOf(session);
    await settle();
  }
  expect(vendor.logins).toBe(1);
  await vendor.clock.advance(30_000);
  await tokenOf(session);
  await settle();
  expect(vendor.logins).toBe(2);
});

test("G6: a session without calls starts no timer and makes no request", async () => {
  const { vendor } = await live(HOUR);
  const requests = vendor.seen.length;
  expect(vendor.clock.pending).toBe(0);
  await vendor.clock.advance(10 * HOUR);
  expect(vendor.seen).toHaveLength(requests);
});

test("G6: calls wait for a renewal that is still running when the session expires", async () => {
  const { vendor, session } = await live(HOUR);
  await vendor.clock.advance(HOUR - 1_000);
  const held = vendor.hold("/login");
  await tokenOf(session);
  await held.arrived;
  await vendor.clock.advance(2_000);
  const call = tokenOf(session);
  held.release();
  expect(await call).toBe("token-2");
  expect(vendor.logins).toBe(2);
});

test("G6: a renewal continues although its only waiting call left before the first request", async () => {
  let answer = Promise.resolve(CREDENTIALS);
  const { vendor, session } = await live(100_000, { credentials: () => answer });
  const asked = Promise.withResolvers<typeof CREDENTIALS>();
  answer = asked.promise;
  await vendor.clock.advance(95_000);
  await tokenOf(session);
  await vendor.clock.advance(6_000);
  const leaver = new AbortController();
  const call = session.fetch("zones", { signal: leaver.signal });
  await settle();
  leaver.abort();
  await expect(call).rejects.toMatchObject({ name: "AbortError" });
  asked.resolve(CREDENTIALS);
  await settle();
  expect(vendor.logins).toBe(2);
  expect(await tokenOf(session)).toBe("token-2");
});

test("G6: a rotation keeps the delay after a failed renewal", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = 100_000;
  let asked = 0;
  let answer = Promise.resolve(CREDENTIALS);
  const credentials = () => {
    asked++;
    return answer;
  };
  const session = vendor.session({ credentials }, { rotate: ({ headers }) => headers.get("x-next") ?? undefined });
  await session.login();
  await vendor.clock.advance(91_000);
  answer = Promise.reject(new Error("made-up failure"));
  await session.fetch("zones");
  await settle();
  expect(asked).toBe(2);
  vendor.live.add("token-r");
  vendor.next("/rotated", () => new Response(null, { headers: { "x-next": "token-r" } }));
  for (const path of ["rotated", "zones"]) await session.fetch(path);
  await settle();
  expect(asked).toBe(2);
  await vendor.clock.advance(1_000);
  await session.fetch("zones");
  await settle();
  expect(asked).toBe(3);
});

test("G6: refused credentials are not sent again in the background", async () => {
  const { vendor, session } = await live(HOUR);
  vendor.password = "made-up-and-changed";
  const failures: unknown[] = [];
  session.on("renewal_failed", ({ error }) => failures.push(error));
  await vendor.clock.advance(HOUR - 100_000);
  for (let n = 0; n < 10; n++) {
    expect(await tokenOf(session)).toBe("token-1");
    await settle();
    await vendor.clock.advance(9_000);
  }
  expect(vendor.seen.filter(({ path, status }) => path === "/login" && status === 401)).toHaveLength(1);
  // No renewal is retried, so there is no second failure.
  expect(failures).toHaveLength(1);
});

test("G6: if the vendor can extend sessions, a renewal extends the session, and signs in only if that fails", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  let refuse = false;
  const session = vendor.session(
    {},
    {
      async extend(context, record) {
        const answer = await context.send("extend", { headers: { authorization: `Bearer ${record.data}` } });
        if (refuse || !answer.ok) throw answer.toError();
        return { data: record.data, user: record.user, expiresIn: HOUR };
      },
    },
  );
  const renewals: string[] = [];
  session.on("renewed", ({ by }) => renewals.push(by));
  await session.login();
  await vendor.clock.advance(HOUR - 60_000);
  await tokenOf(session);
  await settle();
  expect([renewals, vendor.logins]).toEqual([["extend"], 1]);
  await vendor.clock.advance(HOUR - 60_000);
  expect(await tokenOf(session)).toBe("token-1");
  await settle();
  expect(renewals).toEqual(["extend", "extend"]);
  refuse = true;
  await vendor.clock.advance(HOUR - 60_000);
  await tokenOf(session);
  await settle();
  expect(renewals.slice(-1)).toEqual(["login"]);
  expect(await tokenOf(session)).toBe("token-2");
});
