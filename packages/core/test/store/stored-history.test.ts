import { describe, expect, test } from "vitest";
import { expiryOfStoredValue, HISTORY_LIFETIME, parseStoredValue } from "../../src/contract/stored-value.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { storeKey } from "../../src/store/store-key.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";
import { writingThrough } from "../writing-through.ts";

const HISTORY = { version: 1, changedAt: Date.UTC(2026, 0, 1), later: { kept: true } };

/** A store that has a history, and the values that are written to it. */
async function storeWithHistory(history: unknown = HISTORY) {
  const vendor = fakeVendor();
  const key = await storeKey(vendor.flow, "operator");
  const inner = memoryStore();
  await inner.set(key, JSON.stringify({ history }));
  const written: { value: unknown; expiresAt: number | undefined }[] = [];
  const store = writingThrough(inner, async (name, value, options) => {
    written.push({ value: JSON.parse(value), expiresAt: options?.expiresAt });
    await inner.set(name, value, options);
  });
  const value = async () => JSON.parse((await inner.get(key)) ?? "null");
  return { vendor, store, written, value };
}

describe("the login history next to a stored session", () => {
  test("stays when a session is stored, used and rotated", async () => {
    const { vendor, store, value } = await storeWithHistory();
    const session = vendor.session(
      { store, idleTimeout: 600_000 },
      { rotate: (response) => response.headers.get("x-next") ?? undefined },
    );
    await session.login();
    await vendor.clock.advance(300_000);
    await session.fetch("a");
    vendor.next("/rotated", () => new Response(null, { headers: { "x-next": "token-r" } }));
    await session.fetch("rotated");
    await settle();
    expect(await value()).toMatchObject({ session: { data: "token-r" }, history: HISTORY });
  });

  test("stays when the session is signed out, without the session", async () => {
    const { vendor, store, value } = await storeWithHistory();
    const session = vendor.session({ store });
    await session.login();
    await session.logout();
    expect(await value()).toEqual({ history: HISTORY });
  });

  test("does not exist for a session without failures, so a sign-out leaves nothing", async () => {
    const { vendor, store, value } = await storeWithHistory(null);
    const session = vendor.session({ store });
    await session.login();
    expect(Object.keys(await value())).toEqual(["session"]);
    await session.logout();
    expect(await value()).toBeNull();
  });

  test("keeps the value for 30 days after its last change, or as long as the session lives", async () => {
    const { vendor, store, written } = await storeWithHistory();
    const kept = HISTORY.changedAt + HISTORY_LIFETIME;
    await vendor.session({ store, lifetime: 3_600_000 }).login();
    await vendor.session({ store, lifetime: HISTORY_LIFETIME * 2 }).renew();
    expect(written.map(({ expiresAt }) => expiresAt)).toEqual([kept, vendor.clock.now() + HISTORY_LIFETIME * 2]);
  });

  test.each([
    ["of a newer version", { version: 2, changedAt: 1 }],
    ["without a version", { changedAt: 1 }],
    ["without the time of its last change", { version: 1 }],
    ["with a text for that time", { version: 1, changedAt: "today" }],
    ["with null for that time, as JSON writes NaN", { version: 1, changedAt: null }],
    ["that is a list", [1]],
    ["that is a text", "history"],
    ["that is null", null],
  ])("%s is replaced, and the session next to it is used", async (_, history) => {
    const { vendor, store, value } = await storeWithHistory(history);
    const session = vendor.session({ store });
    await session.login();
    expect(await value()).toEqual({ session: expect.objectContaining({ data: "token-1" }) });
    expect(parseStoredValue(JSON.stringify({ ...(await value()), history }))).toEqual(await value());
  });
});

test("the value of a session without an expiry, or with data that outlives it, is never dropped", () => {
  const session = { vendor: "fake", account: "a", baseUrl: "https://v/", issuedAt: 0, user: {}, data: "t" };
  const history = { version: 1, changedAt: 5 } as const;
  expect([
    expiryOfStoredValue({ session }, false),
    expiryOfStoredValue({ session: { ...session, expiresAt: 9 } }, true),
    expiryOfStoredValue({ session: { ...session, expiresAt: 9 }, history }, true),
    expiryOfStoredValue({ session: { ...session, expiresAt: 9 } }, false),
    expiryOfStoredValue({ history }, false),
  ]).toEqual([undefined, undefined, undefined, 9, 5 + HISTORY_LIFETIME]);
});

describe("a write without a lock", () => {
  test("does not overwrite a session that another process stored later", async () => {
    const vendor = fakeVendor();
    const { get, set, delete: remove } = memoryStore();
    let refuses = true;
    const store = {
      get,
      delete: remove,
      async set(key: string, value: string) {
        if (refuses) throw new Error("made-up failure");
        await set(key, value);
      },
    };
    const one = vendor.session({ store });
    await one.login();
    refuses = false;
    await vendor.clock.advance(1_000);
    await vendor.session({ store }).login();
    await vendor.clock.advance(60_000);
    await one.fetch("a");
    await settle();
    expect(await get(await storeKey(vendor.flow, "operator"))).toContain("token-2");
  });
});
