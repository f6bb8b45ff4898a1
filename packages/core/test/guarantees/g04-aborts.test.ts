import { describe, expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory-store.ts";
import { sleep } from "../../src/util/wait.ts";
import { clients } from "../clients.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

describe.each(clients)("$name", ({ open }) => {
  test("G4: an aborted caller immediately gets its signal's own reason, and the login continues for the others", async () => {
    const vendor = fakeVendor();
    const held = vendor.hold("/login");
    const call = open(vendor, vendor.session());
    const leaver = new AbortController();
    const leaving = call("a", { signal: leaver.signal });
    const staying = call("b");
    await held.arrived;
    const reason = new Error("the user went home");
    leaver.abort(reason);
    await expect(leaving).rejects.toBe(reason);
    held.release();
    expect((await staying).status).toBe(200);
    expect(vendor.logins).toBe(1);
  });

  test("G4: a call with an aborted signal sends nothing", async () => {
    const vendor = fakeVendor();
    const call = open(vendor, vendor.session());
    await expect(call("a", { signal: AbortSignal.abort(new Error("too late")) })).rejects.toThrow("too late");
    expect(vendor.seen).toHaveLength(0);
  });

  test("G4: aborting a call that waits for the login after its rejection affects no other call", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    const held = vendor.hold("/login");
    const leaver = new AbortController();
    const reason = new Error("the user went home");
    const leaving = expect(call("a", { signal: leaver.signal })).rejects.toBe(reason);
    await held.arrived;
    const staying = session.authorization();
    leaver.abort(reason);
    await leaving;
    held.release();
    await staying;
    expect((await call("b")).status).toBe(200);
    expect(vendor.logins).toBe(2);
  });
});

test("G4: a login that has sent a request continues after all callers have left, and the next call gets its session", async () => {
  const vendor = fakeVendor();
  const held = vendor.hold("/login");
  const session = vendor.session();
  const leaver = new AbortController();
  const waits = [session.login({ signal: leaver.signal }), session.fetch("a", { signal: leaver.signal })];
  await held.arrived;
  leaver.abort();
  for (const wait of waits) await expect(wait).rejects.toMatchObject({ name: "AbortError" });
  await settle();
  const call = session.fetch("b");
  held.release();
  expect((await call).status).toBe(200);
  expect(vendor.logins).toBe(1);
});

test("G4: a login that all callers leave before its first request is cancelled", async () => {
  const vendor = fakeVendor();
  const asked = Promise.withResolvers<typeof CREDENTIALS>();
  const session = vendor.session({ credentials: () => asked.promise });
  const leaver = new AbortController();
  const login = session.login({ signal: leaver.signal });
  await settle();
  leaver.abort();
  await expect(login).rejects.toMatchObject({ name: "AbortError" });
  asked.resolve(CREDENTIALS);
  await settle();
  expect(vendor.seen).toEqual([]);
  expect(session.info).toBeUndefined();
});

test("G4: a login that all callers leave stops waiting for the store's lock", async () => {
  const vendor = fakeVendor();
  const wait = Promise.withResolvers<AbortSignal | undefined>();
  const store = {
    ...memoryStore(),
    withLock: (_key: string, _run: unknown, options?: { signal?: AbortSignal }) => {
      wait.resolve(options?.signal);
      return new Promise<never>((_, reject) => {
        options?.signal?.addEventListener("abort", () => reject(options.signal?.reason));
      });
    },
  };
  const session = vendor.session({ store });
  const leaver = new AbortController();
  const login = session.login({ signal: leaver.signal });
  const signal = await wait.promise;
  expect(signal?.aborted).toBe(false);
  leaver.abort();
  await expect(login).rejects.toMatchObject({ name: "AbortError" });
  expect(signal?.aborted).toBe(true);
});

for (const [what, password, logins] of [
  ["one session", CREDENTIALS.password, 1],
  ["one refusal", "made-up-and-wrong", 0],
] as const) {
  test(`G4: thirty callers that each wait 200 ms for a login of 300 ms cause ${what}`, async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ credentials: { ...CREDENTIALS, password } });
    let requests = 0;
    const slow = async () => {
      requests++;
      await sleep(vendor.clock, 300);
      return undefined as never;
    };
    for (let n = 0; n < 30; n++) vendor.next("/login", slow);
    for (let n = 0; n < 30; n++) {
      const leaver = new AbortController();
      const call = session.fetch("zones", { signal: leaver.signal }).catch((error: unknown) => error);
      await vendor.clock.advance(200);
      leaver.abort();
      await call;
    }
    await vendor.clock.advance(1_000);
    expect([requests, vendor.logins, vendor.live.size]).toEqual([1, logins, logins]);
  });
}

test("G4: a login that all callers have left is not retried, and prompts nobody", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const arrived = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  vendor.next("/login", () => {
    arrived.resolve();
    return gate.promise.then(() => new Response(null, { status: 503 }));
  });
  const leaver = new AbortController();
  const login = session.login({ signal: leaver.signal });
  await arrived.promise;
  leaver.abort();
  await expect(login).rejects.toMatchObject({ name: "AbortError" });
  gate.resolve();
  await vendor.clock.advance(30_000);
  expect(vendor.seen.map(({ status }) => status)).toEqual([503]);
});

test("G4: a caller that arrives while the last one leaves never gets that caller's abort reason", async () => {
  const results = new Set<unknown>();
  for (let ticks = 0; ticks < 12; ticks++) {
    const vendor = fakeVendor();
    const session = vendor.session();
    vendor.next("/login", () => new Response(null, { status: 503 }));
    const leaver = new AbortController();
    const leaving = session.login({ signal: leaver.signal }).catch(({ name }: Error) => name);
    await settle();
    leaver.abort();
    for (let tick = 0; tick < ticks; tick++) await undefined;
    const coming = session.login().then(
      () => "a session",
      (error: { code?: string }) => error.code,
    );
    await vendor.clock.advance(10_000);
    expect(await leaving).toBe("AbortError");
    results.add(await coming);
  }
  expect(results).toEqual(new Set(["a session", "vendor_unavailable"]));
});

test("G4: a sign-out cancels a login that all callers have left", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const held = vendor.hold("/login");
  const leaver = new AbortController();
  const login = session.login({ signal: leaver.signal }).catch(() => {});
  await held.arrived;
  leaver.abort();
  await login;
  const logout = session.logout();
  held.release();
  await logout;
  await settle();
  expect(session.info).toBeUndefined();
  expect(vendor.live.size).toBe(0);
});

test("G4: a call with an aborted signal sends nothing", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  const signal = AbortSignal.abort(new Error("too late"));
  await expect(session.fetch("a", { signal })).rejects.toThrow("too late");
  await expect(session.login({ signal })).rejects.toThrow("too late");
  await expect(session.renew({ signal })).rejects.toThrow("too late");
  await expect(session.authorization({ signal })).rejects.toThrow("too late");
  expect(vendor.seen).toHaveLength(0);
});

test("G4: a renewal whose only caller has left keeps the live session", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  const held = vendor.hold("/login");
  const leaver = new AbortController();
  const renewal = session.renew({ signal: leaver.signal });
  await held.arrived;
  leaver.abort();
  await expect(renewal).rejects.toMatchObject({ name: "AbortError" });
  expect(await (await session.fetch("a")).json()).toMatchObject({ token: "token-1" });
});

test("G4: a session that the vendor opens after all callers have left is ended at the vendor", async () => {
  const vendor = fakeVendor();
  const leaver = new AbortController();
  const answered = Promise.withResolvers<void>();
  const session = vendor.session(
    {},
    {
      // This flow ignores its signal, so the login succeeds after it was abandoned.
      async login(context) {
        leaver.abort();
        await settle();
        const answer = await vendor.fetch("https://vendor.example/login", {
          method: "POST",
          body: JSON.stringify(await context.credentials().catch(() => ({ password: "made-up-password" }))),
        });
        answered.resolve();
        return { data: answer.headers.get("x-token") ?? "", user: { name: "operator" } };
      },
    },
  );
  await expect(session.login({ signal: leaver.signal })).rejects.toMatchObject({ name: "AbortError" });
  await answered.promise;
  await settle();
  expect(vendor.logins).toBe(1);
  expect(vendor.live.size).toBe(0);
});
