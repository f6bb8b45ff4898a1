import { expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import { type FakeUser, fakeVendor } from "../fake-vendor.ts";

const HOUR = 3_600_000;

function skewed(date: (now: number) => string | undefined, login: (serverNow: number) => object) {
  const vendor = fakeVendor();
  const flow: Partial<Flow<string, FakeUser>> = {
    async login(context) {
      await context.send("login", { json: await context.credentials() });
      const now = vendor.clock.now();
      const header = date(now);
      const serverNow = header === undefined ? now : Date.parse(header);
      return { data: "token-1", user: { name: "x" }, ...login(Number.isNaN(serverNow) ? now : serverNow) };
    },
  };
  vendor.next("/login", () => {
    const header = date(vendor.clock.now());
    return new Response("{}", header === undefined ? {} : { headers: { date: header } });
  });
  return { vendor, session: vendor.session({}, flow) };
}

test("G9: a lifetime counts from when the login is sent, not from its response", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ lifetime: HOUR });
  const sentAt = vendor.clock.now();
  const held = vendor.hold("/login");
  const login = session.login();
  await held.arrived;
  await vendor.clock.advance(20_000);
  held.release();
  expect(await login).toMatchObject({ issuedAt: sentAt, expiresAt: sentAt + HOUR });
});

for (const hours of [-5, 5, 24 * 365 * 3]) {
  test(`G9: an expiry by a vendor's clock that is ${hours} h off is corrected`, async () => {
    const { vendor, session } = skewed(
      (now) => new Date(now + hours * HOUR).toUTCString(),
      (serverNow) => ({ expiresAt: serverNow + HOUR }),
    );
    const { expiresAt } = await session.login();
    expect(Math.abs((expiresAt ?? 0) - (vendor.clock.now() + HOUR))).toBeLessThanOrEqual(1_000);
  });
}

test("G9: a difference within the tolerance is not corrected, because `Date` has whole seconds", async () => {
  const { vendor, session } = skewed(
    (now) => new Date(now + 3_000).toUTCString(),
    (serverNow) => ({ expiresAt: serverNow + HOUR }),
  );
  expect((await session.login()).expiresAt).toBe(vendor.clock.now() + 3_000 + HOUR);
});

for (const header of [undefined, "", "yesterday", "Thu, 99 Foo 2026", "NaN"]) {
  test(`G9: a Date of ${JSON.stringify(header)} corrects nothing`, async () => {
    const { vendor, session } = skewed(
      () => header,
      (serverNow) => ({ expiresAt: serverNow + HOUR }),
    );
    expect((await session.login()).expiresAt).toBe(vendor.clock.now() + HOUR);
  });
}

test("G7: a session that appears expired on arrival is used until it is rejected, and is reported", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = -HOUR;
  const session = vendor.session();
  const expired: boolean[] = [];
  session.on("expired", ({ overAtLogin }) => expired.push(overAtLogin));
  for (let n = 0; n < 200; n++) expect((await session.fetch("a")).status).toBe(200);
  expect([vendor.logins, expired]).toEqual([1, [true]]);
  vendor.revoke();
  expect((await session.fetch("a")).status).toBe(200);
  expect([vendor.logins, expired]).toEqual([2, [true, true]]);
});

test("G9: setting the local clock years ahead costs one login; setting it years back costs none", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session();
  await session.login();
  const now = vendor.clock.now();
  vendor.clock.set(now + 3 * 365 * 24 * HOUR);
  await session.fetch("a");
  await session.fetch("b");
  expect(vendor.logins).toBe(2);
  vendor.clock.set(now - 3 * 365 * 24 * HOUR);
  await session.fetch("c");
  expect(vendor.logins).toBe(2);
  vendor.revoke();
  expect((await session.fetch("d")).status).toBe(200);
  expect(vendor.logins).toBe(3);
});

test("G7: a session that appears expired on arrival stays in use when its credential rotates", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = -HOUR;
  const session = vendor.session({}, { rotate: (response) => response.headers.get("x-next") ?? undefined });
  await session.login();
  vendor.live.add("token-r");
  vendor.next("/rotated", () => new Response(null, { headers: { "x-next": "token-r" } }));
  await session.fetch("rotated");
  for (let n = 0; n < 3; n++) expect((await session.fetch("zones")).status).toBe(200);
  expect(vendor.logins).toBe(1);
  expect(vendor.seen.at(-1)?.headers.get("authorization")).toBe("Bearer token-r");
});

test("G9: a response without a Date keeps the known correction", async () => {
  const vendor = fakeVendor();
  const server = vendor.clock.now() + 5 * HOUR;
  const session = vendor.session(
    {},
    {
      async login(context) {
        for (const path of ["hello", "login"]) await context.send(path);
        return { data: "token-1", user: { name: "x" }, expiresAt: server + HOUR };
      },
    },
  );
  vendor.next("/hello", () => new Response("{}", { headers: { date: new Date(server).toUTCString() } }));
  vendor.next("/login", () => new Response("{}"));
  expect((await session.login()).expiresAt).toBe(vendor.clock.now() + HOUR);
});

test("G9: a Retry-After that is a date is read by the vendor's clock", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ retry: { attempts: 1 } });
  const server = vendor.clock.now() - 5 * HOUR;
  const headers = {
    date: new Date(server).toUTCString(),
    "retry-after": new Date(server + 60_000).toUTCString(),
  };
  vendor.next("/login", () => new Response(null, { status: 429, headers }));
  await expect(session.login()).rejects.toMatchObject({ code: "rate_limited", retryAfter: 60_000 });
});
