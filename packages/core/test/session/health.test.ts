import { inspect } from "node:util";
import { expect, test } from "vitest";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const HOUR = 3_600_000;

test("G20: `health` follows a session from its first login to its end", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session();
  const started = vendor.clock.now();
  expect(session.health).toEqual({
    state: "signed_out",
    account: undefined,
    lastLogin: undefined,
    lastUse: undefined,
    lastFailure: undefined,
    refusedSince: undefined,
    pausedUntil: undefined,
    loginsLeft: 5,
    nextRenewal: undefined,
  });
  const held = vendor.hold("/login");
  const call = session.fetch("zones");
  await held.arrived;
  expect(session.health.state).toBe("signing_in");
  held.release();
  await call;
  expect(session.health).toMatchObject({
    state: "live",
    account: CREDENTIALS.username,
    lastLogin: started,
    lastUse: started,
    nextRenewal: started + 0.74 * HOUR,
  });
  await vendor.clock.advance(0.74 * HOUR);
  const renewal = vendor.hold("/login");
  await session.fetch("zones");
  await renewal.arrived;
  expect(session.health.state).toBe("renewing");
  renewal.release();
  await settle();
  expect(session.health).toMatchObject({ state: "live", lastLogin: started + 0.74 * HOUR });
  await vendor.clock.advance(HOUR);
  expect(session.health).toMatchObject({ state: "signed_out", nextRenewal: undefined, lastUse: undefined });
  await session.logout();
  expect(session.health.state).toBe("closed");
});

test("G20: `health` says since when credentials are refused, until a login succeeds", async () => {
  const vendor = fakeVendor();
  vendor.password = "made-up-and-newer";
  const session = vendor.session();
  const at = vendor.clock.now();
  await session.fetch("zones").catch(() => {});
  await vendor.clock.advance(5_000);
  await session.fetch("zones").catch(() => {});
  expect(session.health).toMatchObject({
    refusedSince: at,
    lastFailure: { at, code: "invalid_credentials" },
    account: CREDENTIALS.username,
  });
  vendor.password = CREDENTIALS.password;
  await session.renew();
  expect(session.health).toMatchObject({ state: "live", refusedSince: undefined, lastFailure: { at } });
});

test("G20: `health` says until when logins pause, and how many are left", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ retry: { attempts: 1 } });
  vendor.next("/login", () => new Response(null, { status: 429, headers: { "retry-after": "60" } }));
  await session.fetch("zones").catch(() => {});
  expect(session.health).toMatchObject({
    pausedUntil: vendor.clock.now() + 60_000,
    lastFailure: { code: "rate_limited" },
    refusedSince: undefined,
  });
  await vendor.clock.advance(60_000);
  expect(session.health.pausedUntil).toBeUndefined();
  await session.renew();
  await session.renew();
  expect(session.health.loginsLeft).toBe(3);
});

test("G20: credentials that cannot be obtained are a failed login, with an event", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ credentials: () => Promise.reject(new Error("the vault is sealed")) });
  const heard: unknown[] = [];
  session.on("login_failed", (event) => heard.push(event));
  await expect(session.fetch("zones")).rejects.toThrow("the vault is sealed");
  expect(heard).toEqual([{ type: "login_failed", account: undefined, error: expect.any(Error), retryAt: undefined }]);
  expect(session.health.lastFailure).toEqual({ at: vendor.clock.now(), code: undefined });
});

test("G20: if credentials can no longer be obtained, the event names the account that signed in last", async () => {
  const vendor = fakeVendor();
  let sealed = false;
  const credentials = async () => {
    if (sealed) throw new Error("the vault is sealed");
    return CREDENTIALS;
  };
  const session = vendor.session({ credentials });
  await session.login();
  sealed = true;
  vendor.revoke();
  const heard: unknown[] = [];
  session.on("login_failed", ({ account }) => heard.push(account));
  await expect(session.fetch("zones")).rejects.toThrow("the vault is sealed");
  expect(heard).toEqual([CREDENTIALS.username]);
});

test("G20: `health` reports a failed renewal in the background as the last failure", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({ retry: { attempts: 1 } });
  await session.fetch("zones");
  await vendor.clock.advance(0.74 * HOUR);
  vendor.next("/login", () => new Response(null, { status: 503 }));
  await session.fetch("zones");
  await settle();
  expect(session.health).toMatchObject({ state: "live", lastFailure: { code: "vendor_unavailable" } });
});

test("G20: `health` is `signing-in` if the session expires before its renewal has ended", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session({ timeout: HOUR });
  await session.login();
  await vendor.clock.advance(HOUR - 1_000);
  const held = vendor.hold("/login");
  await session.fetch("zones");
  await held.arrived;
  expect(session.health.state).toBe("renewing");
  await vendor.clock.advance(1_000);
  expect(session.health).toMatchObject({ state: "signing_in", lastUse: undefined, nextRenewal: undefined });
  held.release();
  await settle();
  expect(session.health.state).toBe("live");
});

test("reading `health` changes nothing and shows no secret", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = HOUR;
  const session = vendor.session();
  await session.fetch("zones");
  const heard: string[] = [];
  session.on("expired", () => heard.push("expired"));
  await vendor.clock.advance(2 * HOUR);
  const shown = JSON.stringify(session.health) + inspect(session.health, { showHidden: true, depth: 9 });
  expect(heard).toEqual([]);
  expect(shown).not.toContain("token-1");
  expect(shown).not.toContain(CREDENTIALS.password);
});
