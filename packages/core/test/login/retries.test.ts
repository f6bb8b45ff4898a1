import { expect, test } from "vitest";
import type { Session } from "../../src/contract/session.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const limited = (seconds: number) => () =>
  new Response(null, { status: 429, headers: { "retry-after": String(seconds) } });

test.each([
  [5, 200, 2],
  [6, undefined, 1],
])(
  "with `maxRetryAfter` of 5 s, a login is sent again after a Retry-After of %d s: %s",
  async (seconds, status, sent) => {
    const vendor = fakeVendor();
    const session = vendor.session({ timeout: 60_000, retry: { maxRetryAfter: 5_000 } });
    vendor.next("/login", limited(seconds));
    const call = session.fetch("zones").then(
      (response) => response.status,
      () => undefined,
    );
    await vendor.clock.advance(4_999);
    expect(vendor.seen).toHaveLength(1);
    await vendor.clock.advance(1_001);
    expect(await call).toBe(status);
    expect(vendor.seen.filter(({ path }) => path === "/login")).toHaveLength(sent);
  },
);

test("a login does not wait for a delay that would last until `timeout`", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({ timeout: 5_000, retry: { maxRetryAfter: 60_000 } });
  for (let n = 0; n < 2; n++) {
    vendor.next("/login", limited(5));
    const login = session.login().catch((error: unknown) => error);
    await settle();
    expect(vendor.clock.pending).toBe(0);
    expect(await login).toMatchObject({ code: "rate_limited" });
    await vendor.clock.advance(5_000);
  }
  expect(vendor.seen).toHaveLength(2);
});

test("a login that takes longer than `timeout` fails with an error that names it", async () => {
  const vendor = fakeVendor();
  vendor.hold("/login");
  const login = vendor.session({ timeout: 5_000 }).login();
  const failed = expect(login).rejects.toMatchObject({
    code: "vendor_unavailable",
    message: expect.stringContaining("the sign-in or sign-out"),
  });
  await vendor.clock.advance(5_000);
  await failed;
});

test("G20: each login emits one event when it begins, however many attempts it needs", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const heard: unknown[] = [];
  session.on("login_started", (event) => heard.push(event));
  vendor.next("/login", () => new Response(null, { status: 503 }));
  const login = session.login();
  await vendor.clock.advance(5_000);
  await login;
  expect(heard).toEqual([{ type: "login_started", account: CREDENTIALS.username }]);
});

test.each([
  ["logout()", (session: Session) => session.logout()],
  ["close()", (session: Session) => session.close()],
])("a login that %s drops is no failure, and a session that it still opens is ended by then", async (_, end) => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const failures: unknown[] = [];
  session.on("login_failed", (event) => failures.push(event));
  const held = vendor.hold("/login");
  const call = session.fetch("zones").catch(() => {});
  await held.arrived;
  const ended = end(session);
  await call;
  held.release();
  await ended;
  expect(vendor.logins).toBe(1);
  expect(vendor.live.size).toBe(0);
  expect(failures).toEqual([]);
  expect(session.health.lastFailure).toBeUndefined();
});

test("G14: `logout()` waits until a session that a login opens after `timeout` is ended", async () => {
  const vendor = fakeVendor();
  const gate = Promise.withResolvers<void>();
  const login = async () => {
    await gate.promise;
    vendor.live.add("token-late");
    return { data: "token-late", user: { name: "operator" } };
  };
  const session = vendor.session({ timeout: 5_000 }, { login });
  const failed = expect(session.login()).rejects.toMatchObject({ code: "vendor_unavailable" });
  await vendor.clock.advance(5_000);
  await failed;
  let over = false;
  const logout = session.logout().then(() => {
    over = true;
  });
  await settle();
  expect(over).toBe(false);
  gate.resolve();
  await logout;
  expect(vendor.live.size).toBe(0);
  expect(vendor.seen.map(({ path }) => path)).toEqual(["/logout"]);
});

test("a login whose only caller leaves before its first request is no failure", async () => {
  const vendor = fakeVendor();
  const gate = Promise.withResolvers<void>();
  const session = vendor.session({ credentials: () => gate.promise.then(() => CREDENTIALS) });
  const failures: unknown[] = [];
  session.on("login_failed", (event) => failures.push(event));
  const leaving = new AbortController();
  const call = session.fetch("zones", { signal: leaving.signal });
  await settle();
  leaving.abort(new Error("enough"));
  await expect(call).rejects.toThrow("enough");
  gate.resolve();
  await settle();
  expect(vendor.seen).toEqual([]);
  expect(failures).toEqual([]);
  expect(session.health.lastFailure).toBeUndefined();
});

test("when a flow returns, requests that it left running are aborted", async () => {
  const vendor = fakeVendor();
  let signal: AbortSignal | undefined;
  const session = vendor.session(
    {},
    {
      login(context) {
        signal = context.signal;
        return vendor.flow.login(context);
      },
    },
  );
  await session.login();
  expect(signal?.aborted).toBe(true);
});
