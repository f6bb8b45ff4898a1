import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { SessionOptions } from "../../src/contract/options.ts";
import type { Session } from "../../src/contract/session.ts";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { fileStore } from "../../src/node.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { storeKey } from "../../src/store/store-key.ts";
import { CREDENTIALS, type FakeVendor, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const WRONG = { ...CREDENTIALS, password: "made-up-and-wrong" };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function fileStoreHere(): Promise<SessionStore> {
  const directory = await mkdtemp(join(tmpdir(), "vms-fleet-"));
  // The last calls may still be writing what they learned to the store.
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 10 }));
  return fileStore({ directory });
}

const stores: readonly (readonly [string, () => Promise<SessionStore>])[] = [
  ["memory", async () => memoryStore()],
  ["files", fileStoreHere],
];

const codeOf = async (session: Session) => {
  const error = await session.fetch("zones").then(
    ({ status }) => ({ code: status }),
    (reason: unknown) => reason,
  );
  return (error as { code: unknown }).code;
};

const attemptsAt = (vendor: FakeVendor) => vendor.seen.filter(({ path }) => path === "/login").length;

describe.each(stores)("forty sessions that share a store in %s", (_, makeStore) => {
  const fleet = async (vendor: FakeVendor, options: Partial<SessionOptions> = {}, size = 40) => {
    const store = await makeStore();
    const open = (more: Partial<SessionOptions> = {}) => vendor.session({ store, ...options, ...more });
    return { store, open, sessions: Array.from({ length: size }, () => open()) };
  };

  test("G10: send a wrong password once, also after a restart", async () => {
    const vendor = fakeVendor();
    const { open, sessions } = await fleet(vendor, { credentials: WRONG });
    expect(new Set(await Promise.all(sessions.map(codeOf)))).toEqual(new Set(["invalid_credentials"]));
    expect(attemptsAt(vendor)).toBe(1);
    // A session of another process finds the refusal in the store.
    expect(await codeOf(open())).toBe("invalid_credentials");
    expect(attemptsAt(vendor)).toBe(1);
  });

  test("G10: try a corrected password immediately, and then share its session", async () => {
    const vendor = fakeVendor();
    const { open } = await fleet(vendor, { credentials: WRONG }, 1);
    await codeOf(open());
    expect(await codeOf(open({ credentials: CREDENTIALS }))).toBe(200);
    // The store keeps the refusal of the old one, because another process may still have it.
    expect(await codeOf(open())).toBe(200);
    expect(attemptsAt(vendor)).toBe(2);
  });

  test("G17: all wait after one login is answered 429", async () => {
    const vendor = fakeVendor();
    const { sessions, open } = await fleet(vendor, { retry: { attempts: 1 } });
    vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "3600" } }));
    expect(new Set(await Promise.all(sessions.map(codeOf)))).toEqual(new Set(["rate_limited"]));
    expect(attemptsAt(vendor)).toBe(1);
    const late = open();
    await vendor.clock.advance(HOUR - 1_000);
    await expect(late.login()).rejects.toMatchObject({ code: "rate_limited", retryAfter: 1_000 });
    await expect(open().renew()).rejects.toMatchObject({ code: "rate_limited" });
    await vendor.clock.advance(1_000);
    expect(await codeOf(late)).toBe(200);
  });

  test("G17: log in a few times for a path that they may not call, and each call gets its response", async () => {
    const vendor = fakeVendor();
    const fetch: typeof globalThis.fetch = async (input, init) =>
      String(input).endsWith("/forbidden") ? new Response(null, { status: 401 }) : vendor.fetch(input, init);
    const { sessions } = await fleet(vendor, { fetch });
    await Promise.all(sessions.map(codeOf));
    for (let round = 0; round < 5; round++) {
      const statuses = await Promise.all(sessions.map(async (session) => (await session.fetch("forbidden")).status));
      expect(new Set(statuses)).toEqual(new Set([401]));
    }
    // The first login, and at most the budget of the fleet.
    expect(vendor.logins).toBeLessThanOrEqual(1 + 5);
    expect(new Set(await Promise.all(sessions.map(codeOf)))).toEqual(new Set([200]));
  });

  test("G3: sign in once if the vendor forgets all sessions, although they hold different ones", async () => {
    const vendor = fakeVendor();
    const { open } = await fleet(vendor);
    const [one, other] = [open(), open()];
    await one.fetch("zones");
    await other.renew();
    vendor.revoke();
    const before = vendor.logins;
    for (let n = 0; n < 10; n++) expect((await one.fetch("zones")).status).toBe(200);
    expect(vendor.logins - before).toBe(1);
  });
});

test("G10: two stale passwords in turn are sent once each", async () => {
  const vendor = fakeVendor();
  let asked = 0;
  const session = vendor.session({
    credentials: () => ({ ...CREDENTIALS, password: asked++ % 2 === 0 ? "made-up-old" : "made-up-older" }),
  });
  for (let n = 0; n < 50; n++) expect(await codeOf(session)).toBe("invalid_credentials");
  expect(attemptsAt(vendor)).toBe(2);
});

test("G10: a refusal says since when it is remembered, and how to lift it", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ credentials: WRONG });
  await expect(session.fetch("zones")).rejects.toThrow(
    /Correct `credentials`, or `baseUrl` if it belongs to another product\. The login was refused at 2026-\S+Z\. It is not sent again until it changes or `renew\(\)` is called\.$/,
  );
});

test.each([403, 404, 422])(
  "G10: a login answered %i is not sent again for 15 min, then 30, up to a day",
  async (status) => {
    const vendor = fakeVendor();
    const session = vendor.session();
    for (let n = 0; n < 100; n++) vendor.next("/login", () => new Response(null, { status }));
    for (let n = 0; n < 20; n++) expect(await codeOf(session)).toBe("unexpected_response");
    expect(attemptsAt(vendor)).toBe(1);
    await vendor.clock.advance(15 * MINUTE);
    for (let n = 0; n < 20; n++) await codeOf(session);
    expect(attemptsAt(vendor)).toBe(2);
    await vendor.clock.advance(15 * MINUTE);
    await codeOf(session);
    expect(attemptsAt(vendor)).toBe(2);
    for (let day = 0; day < 20; day++) {
      await vendor.clock.advance(24 * HOUR);
      await codeOf(session);
    }
    expect(attemptsAt(vendor)).toBe(22);
  },
);

test.each([408, 425, 500])("G10: a login answered %i is no refusal", async (status) => {
  const vendor = fakeVendor();
  const session = vendor.session({ retry: { attempts: 1 } });
  vendor.next("/login", () => new Response(null, { status }));
  await codeOf(session);
  await vendor.clock.advance(1_000);
  expect(await codeOf(session)).toBe(200);
});

test("G10: `retryRefusedAfter` limits how long a refusal is remembered", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ credentials: WRONG, retryRefusedAfter: 5 * MINUTE });
  await codeOf(session);
  await vendor.clock.advance(5 * MINUTE - 1);
  await codeOf(session);
  expect(attemptsAt(vendor)).toBe(1);
  vendor.password = WRONG.password;
  await vendor.clock.advance(1);
  expect(await codeOf(session)).toBe(200);
});

test("G10: a corrected `loginInputs` is tried immediately, even if the refusal is stored", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const withKey = (key: string) =>
    vendor.session(
      { store },
      {
        loginInputs: [key],
        login: async (context) => {
          const response = await context.send("login", {
            json: await context.credentials(),
            headers: { "x-key": key },
          });
          if (!response.ok) throw response.toError();
          return { data: response.headers.get("x-token") ?? "", user: { name: "operator" } };
        },
      },
    );
  vendor.next("/login", () => new Response(null, { status: 403 }));
  expect(await codeOf(withKey("made-up-wrong-key"))).toBe("unexpected_response");
  expect(await codeOf(withKey("made-up-wrong-key"))).toBe("unexpected_response");
  expect(attemptsAt(vendor)).toBe(1);
  expect(await codeOf(withKey("made-up-right-key"))).toBe(200);
});

test("G10: `renew()` sends a refused login again, and stores the result", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await codeOf(vendor.session({ store, credentials: WRONG }));
  vendor.password = WRONG.password;
  const session = vendor.session({ store, credentials: WRONG });
  expect(await codeOf(session)).toBe("invalid_credentials");
  await session.renew();
  expect(await codeOf(vendor.session({ store, credentials: WRONG }))).toBe(200);
  expect(attemptsAt(vendor)).toBe(2);
});

test("G10: after a refusal, a session uses the session that another process has stored since, without a login", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  vendor.password = "made-up-and-newer";
  const [repaired, other] = [vendor.session({ store }), vendor.session({ store })];
  for (const session of [repaired, other]) expect(await codeOf(session)).toBe("invalid_credentials");
  vendor.password = CREDENTIALS.password;
  await repaired.renew();
  await vendor.clock.advance(10_000);
  expect(await codeOf(other)).toBe(200);
  expect(other.health).toMatchObject({ state: "live", refusedSince: undefined });
  expect(attemptsAt(vendor)).toBe(2);
});

test("G10: a refused session reads its store at most once a second", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  let reads = 0;
  const get: SessionStore["get"] = (key) => {
    reads++;
    return inner.get(key);
  };
  const session = vendor.session({ store: { ...inner, get }, credentials: WRONG });
  await codeOf(session);
  await codeOf(session);
  const before = reads;
  for (let n = 0; n < 100; n++) expect(await codeOf(session)).toBe("invalid_credentials");
  expect(reads - before).toBeLessThanOrEqual(1);
  await vendor.clock.advance(1_000);
  const second = reads;
  for (let n = 0; n < 100; n++) await codeOf(session);
  expect(reads - second).toBe(1);
});

test("G10: a stale password is not sent again after another process has signed in with a newer password", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const stale = () => vendor.session({ store, credentials: WRONG });
  expect(await codeOf(stale())).toBe("invalid_credentials");
  expect(await codeOf(vendor.session({ store }))).toBe(200);
  vendor.revoke();
  await vendor.clock.advance(60_000);
  // It adopts the dead session, and may not sign in with the refused password afterwards.
  expect(await codeOf(stale())).toBe("invalid_credentials");
  expect(attemptsAt(vendor)).toBe(2);
});

test("G10: a process that has used newer credentials itself may return to the earlier ones", async () => {
  const vendor = fakeVendor();
  let { password } = WRONG;
  const session = vendor.session({ store: memoryStore(), credentials: async () => ({ ...CREDENTIALS, password }) });
  expect(await codeOf(session)).toBe("invalid_credentials");
  password = CREDENTIALS.password;
  expect(await codeOf(session)).toBe(200);
  vendor.revoke();
  expect(await codeOf(session)).toBe(200);
  vendor.revoke();
  password = WRONG.password;
  vendor.password = WRONG.password;
  expect(await codeOf(session)).toBe(200);
});

test("G17: during its own pause, a session uses the session that another process stores, and sends no login", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const [paused, other] = [vendor.session({ store, retry: { attempts: 1 } }), vendor.session({ store })];
  vendor.next("/login", () => Promise.reject(new TypeError("fetch failed")));
  expect(await codeOf(paused)).toBe("vendor_unavailable");
  expect(await codeOf(paused)).toBe("vendor_unavailable");
  await other.login();
  await vendor.clock.advance(1_000);
  paused.on("login_started", () => expect.unreachable());
  expect(await codeOf(paused)).toBe(200);
  expect(vendor.logins).toBe(1);
});

test("G17: a pause holds for a process whose clock is 90 s behind", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "3600" } }));
  expect(await codeOf(vendor.session({ store, retry: { attempts: 1 } }))).toBe("rate_limited");
  vendor.clock.set(vendor.clock.now() - 90_000);
  expect(await codeOf(vendor.session({ store }))).toBe("rate_limited");
  expect(attemptsAt(vendor)).toBe(1);
});

test("G20: a refusal that another process has stored is a failed login here too", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await codeOf(vendor.session({ store, credentials: WRONG }));
  const session = vendor.session({ store, credentials: WRONG });
  const heard: unknown[] = [];
  session.on("login_failed", ({ error }) => heard.push(error));
  await codeOf(session);
  await codeOf(session);
  expect(heard).toEqual([expect.objectContaining({ code: "invalid_credentials" })]);
  expect(session.health.lastFailure).toMatchObject({ code: "invalid_credentials" });
});

test("G13: a stored history has no credential, and its digests are salted", async () => {
  const vendor = fakeVendor();
  const texts: string[] = [];
  for (let n = 0; n < 2; n++) {
    const store = memoryStore();
    await codeOf(vendor.session({ store, credentials: WRONG }));
    texts.push((await store.get(await storeKey(vendor.flow, WRONG.username))) ?? "");
  }
  const digests = texts.map((text) => JSON.parse(text).history.refusals[0].digest as string);
  expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(digests[0]).not.toBe(digests[1]);
  for (const text of texts) expect(text).not.toContain(WRONG.password);
});

test.each([
  ["no object", "7"],
  ["a list", "[]"],
  [
    "a newer version",
    { version: 2, changedAt: 0, failed: { since: 0, until: 9e15, step: 0, error: { code: "x", problem: "x" } } },
  ],
  [
    "a pause that starts in the future",
    { version: 1, changedAt: 0, failed: { since: 9e14, until: 9e15, step: 0, error: { code: "x", problem: "x" } } },
  ],
  ["pauses that are no numbers", { version: 1, changedAt: 0, failed: { since: 0, until: "9e15", step: 0, error: {} } }],
  ["a budget that is no number", { version: 1, changedAt: 0, budget: { left: null, at: 0 } }],
  ["refusals without a salt", { version: 1, changedAt: 0, refusals: [{ digest: "0".repeat(64), since: 0, step: 0 }] }],
  [
    "calls without end",
    { version: 1, changedAt: 0, unhelped: { since: 0, until: 9e15, step: 0, calls: Array(100_000).fill("GET /") } },
  ],
])("G15: a stored history with %s is not obeyed", async (_, history) => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await store.set(await storeKey(vendor.flow, CREDENTIALS.username), JSON.stringify({ history }));
  expect(await codeOf(vendor.session({ store }))).toBe(200);
});

test("G17: a session without failures has no history in its store", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const session = vendor.session({ store });
  await session.login();
  await session.fetch("zones");
  await settle();
  expect(JSON.parse((await store.get(await storeKey(vendor.flow, CREDENTIALS.username))) ?? "")).not.toHaveProperty(
    "history",
  );
});
