import { expect, test } from "vitest";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { CREDENTIALS, type FakeVendor, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An extension that keeps the token. */
const extending: NonNullable<Parameters<FakeVendor["session"]>[1]> = {
  async extend(context, record) {
    const answer = await context.send("extend", { headers: { authorization: `Bearer ${record.data}` } });
    if (!answer.ok) throw answer.toError();
    return { data: record.data, user: record.user, expiresIn: HOUR };
  },
};

test("G2: a renew() that failed long before the expiry makes no renewal due", async () => {
  for (const lifetime of [undefined, HOUR]) {
    const vendor = fakeVendor();
    vendor.lifetime = lifetime;
    const session = vendor.session();
    await session.login();
    vendor.next("/login", () => new Response(null, { status: 400 }));
    await expect(session.renew()).rejects.toMatchObject({ code: "unexpected_response" });
    await vendor.clock.advance(10 * MINUTE);
    await session.fetch("zones");
    await settle();
    expect(vendor.logins).toBe(1);
  }
});

test("G3: a rejection of a call sent before an extension ends the session, because the token is the same", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({}, extending);
  await session.login();
  await vendor.clock.advance(HOUR - MINUTE);
  const held = vendor.hold("/zones");
  const call = session.fetch("zones");
  await held.arrived;
  await settle();
  expect(session.info?.expiresAt).toBe(vendor.clock.now() + HOUR);
  vendor.revoke();
  held.release();
  expect((await call).status).toBe(200);
  expect(vendor.logins).toBe(2);
});

test("G3: a session that was expired on arrival and is then rejected is not adopted from the store again", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ store: memoryStore(), idleTimeout: 15_000 });
  const held = vendor.hold("/login");
  const call = session.fetch("zones");
  await held.arrived;
  await vendor.clock.advance(20_000);
  vendor.next("/zones", () => new Response(null, { status: 401 }));
  held.release();
  // The idle time counts from when the login was sent, so the session has been idle for too long on arrival.
  expect((await call).status).toBe(200);
  const tokens = vendor.seen.filter(({ path }) => path === "/zones").map(({ headers }) => headers.get("authorization"));
  expect(tokens).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("G10: an extension without the password does not lift the password's refusal", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({ credentials: async () => CREDENTIALS }, extending);
  await session.login();
  vendor.password = "made-up-and-changed";
  await vendor.clock.advance(HOUR - MINUTE);
  vendor.next("/extend", () => new Response(null, { status: 400 }));
  await session.fetch("zones");
  await settle();
  await vendor.clock.advance(5_000);
  await session.fetch("zones");
  await settle();
  expect(session.info?.expiresAt).toBe(vendor.clock.now() + HOUR);
  vendor.revoke();
  await expect(session.fetch("zones")).rejects.toMatchObject({ code: "invalid_credentials" });
  expect(vendor.seen.filter(({ path, status }) => path === "/login" && status === 401)).toHaveLength(1);
});

for (let ticks = 0; ticks < 4; ticks++) {
  test(`G10: a password is known as refused even if all callers left ${ticks} ticks after the refusal`, async () => {
    const vendor = fakeVendor();
    vendor.password = "made-up-and-changed";
    const leaver = new AbortController();
    const session = vendor.session(
      {},
      {
        async login(context) {
          try {
            return await vendor.flow.login(context);
          } finally {
            (async () => {
              for (let tick = 0; tick < ticks; tick++) await undefined;
              leaver.abort();
            })();
          }
        },
      },
    );
    await expect(session.login({ signal: leaver.signal })).rejects.toThrow();
    await settle();
    await expect(session.login()).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(vendor.seen).toHaveLength(1);
  });
}

test("G4: a login that all callers leave while its lock is released is kept", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore() as Required<SessionStore>;
  const release = Promise.withResolvers<void>();
  const stored = Promise.withResolvers<void>();
  const session = vendor.session({
    store: {
      ...inner,
      async withLock(key, run, options) {
        const result = await inner.withLock(key, run, options);
        stored.resolve();
        await release.promise;
        return result;
      },
    },
  });
  const leaver = new AbortController();
  const left = session.login({ signal: leaver.signal }).catch(() => {});
  await stored.promise;
  await settle();
  leaver.abort();
  await left;
  const call = session.fetch("zones");
  await settle();
  release.resolve();
  expect(await (await call).json()).toMatchObject({ token: "token-1" });
  await settle();
  expect([...vendor.live]).toEqual(["token-1"]);
});
