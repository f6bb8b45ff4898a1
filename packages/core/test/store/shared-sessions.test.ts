import { expect, test } from "vitest";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";
import { writingThrough } from "../writing-through.ts";

const HOUR = 3_600_000;

/** A store that counts its operations. */
function counted(inner: SessionStore = memoryStore()) {
  const counts = { get: 0, set: 0, delete: 0, lock: 0 };
  const store: SessionStore = {
    get: (key) => {
      counts.get++;
      return inner.get(key);
    },
    set: (key, value, options) => {
      counts.set++;
      return inner.set(key, value, options);
    },
    delete: (key) => {
      counts.delete++;
      return inner.delete(key);
    },
    withLock: (key, run, options) => {
      counts.lock++;
      return inner.withLock?.(key, run, options) ?? run({ signal: new AbortController().signal, set: inner.set });
    },
  };
  return { store, counts };
}

test("a warm start costs one read, and only the call is sent to the vendor", async () => {
  const vendor = fakeVendor();
  const { store, counts } = counted();
  await vendor.session({ store }).login();
  Object.assign(counts, { get: 0, set: 0, delete: 0, lock: 0 });
  vendor.seen.length = 0;
  await vendor.session({ store }).fetch("zones");
  expect(counts).toEqual({ get: 1, set: 0, delete: 0, lock: 0 });
  expect(vendor.seen.map(({ path }) => path)).toEqual(["/zones"]);
});

test("calls on a live session do not touch the store", async () => {
  const vendor = fakeVendor();
  const { store, counts } = counted();
  const session = vendor.session({ store, lifetime: HOUR });
  await session.login();
  const before = { ...counts };
  for (let n = 0; n < 500; n++) await session.fetch("zones");
  await settle();
  expect(counts).toEqual(before);
});

test("a session is stored with its expiry", async () => {
  const vendor = fakeVendor();
  const ends: unknown[] = [];
  const inner = memoryStore();
  const store = writingThrough(inner, async (key, value, options) => {
    ends.push(options?.expiresAt);
    await inner.set(key, value, options);
  });
  const info = await vendor.session({ store, lifetime: HOUR }).login();
  expect(ends).toEqual([info.issuedAt + HOUR]);
});

test("after a rejection, a session that another process has stored in the meantime is used, without a login", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const [one, two] = [vendor.session({ store }), vendor.session({ store })];
  await one.login();
  await two.login();
  vendor.revoke();
  await one.fetch("zones");
  expect(await (await two.fetch("zones")).json()).toMatchObject({ token: "token-2" });
  expect(vendor.logins).toBe(2);
});

test("a renewal in the background uses a session that another process has stored in the meantime, without a login", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const store = memoryStore();
  const [one, two] = [vendor.session({ store }), vendor.session({ store })];
  for (const session of [one, two]) await session.login();
  await vendor.clock.advance(HOUR - 60_000);
  await one.renew();
  await two.fetch("zones");
  await settle();
  expect(two.info).toEqual(one.info);
  expect(vendor.logins).toBe(2);
});

test("a renewal in the background signs in if no other process has done so, and stores its session", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const store = memoryStore();
  const session = vendor.session({ store });
  await session.login();
  await vendor.clock.advance(HOUR - 60_000);
  await session.fetch("zones");
  await settle();
  expect(vendor.logins).toBe(2);
  expect(await vendor.session({ store }).login()).toEqual(session.info);
});

test("many processes that are rejected together make one login", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const sessions = Array.from({ length: 20 }, () => vendor.session({ store }));
  await Promise.all(sessions.map((session) => session.fetch("zones")));
  expect(vendor.logins).toBe(1);
  vendor.revoke();
  const responses = await Promise.all(sessions.map((session) => session.fetch("zones")));
  expect(responses.every(({ ok }) => ok)).toBe(true);
  expect(vendor.logins).toBe(2);
});

test("logout() applies to all processes: the others sign in again after their next rejection", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const [one, two] = [vendor.session({ store }), vendor.session({ store })];
  await one.login();
  await two.login();
  await one.logout();
  expect(vendor.live.size).toBe(0);
  expect(await (await two.fetch("zones")).json()).toMatchObject({ token: "token-2" });
  expect(vendor.logins).toBe(2);
});

test("logout() of a session that was never used here ends the stored session", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await vendor.session({ store }).login();
  await vendor.session({ store }).logout();
  expect(vendor.live.size).toBe(0);
  await vendor.session({ store }).login();
  expect(vendor.logins).toBe(2);
});

test("G14: logout() of a session that was never used here requests the user name, and ends the stored session", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await vendor.session({ store }).login();
  const asked: string[] = [];
  const credentials = () => {
    asked.push("credentials");
    return CREDENTIALS;
  };
  await vendor.session({ store, credentials }).logout();
  expect(asked).toEqual(["credentials"]);
  expect(vendor.live.size).toBe(0);
  await vendor.session({ store }).login();
  expect(vendor.logins).toBe(2);
});

test("logout() fails with the error of the credentials if it needs the user name and cannot get it", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await vendor.session({ store }).login();
  const session = vendor.session({ store, credentials: () => Promise.reject(new Error("the vault is sealed")) });
  const heard: unknown[] = [];
  session.on("logout", ({ error }) => heard.push(error));
  await expect(session.logout()).rejects.toThrow("the vault is sealed");
  expect(heard).toEqual([expect.objectContaining({ message: "the vault is sealed" })]);
  expect(session.health.state).toBe("closed");
  expect(vendor.live.size).toBe(1);
});

test("a rotated credential is stored for new processes", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  const session = vendor.session({ store }, { rotate: (response) => response.headers.get("x-next") ?? undefined });
  await session.login();
  vendor.next("/rotated", () => {
    vendor.live.clear();
    vendor.live.add("token-r");
    return new Response(null, { headers: { "x-next": "token-r" } });
  });
  await session.fetch("rotated");
  await settle();
  expect(await (await vendor.session({ store }).fetch("zones")).json()).toMatchObject({ token: "token-r" });
  expect(vendor.logins).toBe(1);
});

for (const broken of ["get", "set", "delete", "withLock"] as const) {
  for (const how of ["throws", "rejects", "never answers"] as const) {
    test(`a store whose ${broken} ${how} does not break the session, which continues in memory and reports that`, async () => {
      const vendor = fakeVendor();
      const fails = {
        throws: () => {
          throw new Error("made-up-canary");
        },
        rejects: () => Promise.reject(new Error("made-up-canary")),
        "never answers": () => new Promise<never>(() => {}),
      };
      const inner = memoryStore();
      const store = broken === "set" ? writingThrough(inner, fails[how]) : { ...inner, [broken]: fails[how] };
      const session = vendor.session({ store, timeout: 1_000 });
      const failures: unknown[] = [];
      session.on("store_failed", (event) => failures.push(event));
      const call = session.fetch("zones");
      await vendor.clock.advance(60_000);
      expect((await call).status).toBe(200);
      expect((await session.fetch("zones")).status).toBe(200);
      const out = session.logout();
      await vendor.clock.advance(60_000);
      await out;
      expect(vendor.logins).toBe(1);
      const operation = broken === "withLock" ? "lock" : broken;
      expect(failures).toContainEqual({
        type: "store_failed",
        operation,
        error: expect.objectContaining({ code: "store_failed" }),
      });
      expect(JSON.stringify(failures)).not.toContain("made-up-canary");
    });
  }
}

test("G10: a lock that is lost during a login emits an event, and the login continues without sending the credentials again", async () => {
  const vendor = fakeVendor();
  const lost = new AbortController();
  const inner = memoryStore();
  const store: SessionStore = { ...inner, withLock: (_key, run) => run({ signal: lost.signal, set: inner.set }) };
  const held = vendor.hold("/login");
  const session = vendor.session({ store });
  const failures: string[] = [];
  session.on("store_failed", ({ operation }) => failures.push(operation));
  const call = session.fetch("zones");
  await held.arrived;
  lost.abort(new Error("made-up: the lock is gone"));
  held.release();
  expect((await call).status).toBe(200);
  expect(failures).toEqual(["lock"]);
  expect(vendor.seen.filter(({ path }) => path === "/login")).toHaveLength(1);
});

test("a store that was down and recovers gets the session without a login", async () => {
  const vendor = fakeVendor();
  const inner = memoryStore();
  let down = true;
  const store: SessionStore = {
    ...inner,
    set: (key, value) => (down ? Promise.reject(new Error("down")) : inner.set(key, value)),
  };
  const session = vendor.session({ store });
  await session.fetch("zones");
  down = false;
  await session.fetch("zones");
  await vendor.clock.advance(5_000);
  await session.fetch("zones");
  await settle();
  expect((await vendor.session({ store }).fetch("zones")).status).toBe(200);
  expect(vendor.logins).toBe(1);
});
