import { expect, test } from "vitest";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

// Neither the histories nor the guarantee tests detect these mutations; see docs/mutations.md.

test("G2: a rotation in a late response to a call of an old session does not replace the newer one", async () => {
  const vendor = fakeVendor();
  const session = vendor.session({}, { rotate: (response) => response.headers.get("x-next") ?? undefined });
  await session.login();
  const gate = Promise.withResolvers<void>();
  vendor.next("/late", () => gate.promise.then(() => new Response(null, { headers: { "x-next": "token-r" } })));
  const late = session.fetch("late");
  await session.renew();
  gate.resolve();
  await late;
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-2" });
});

test("G4: the request of a login that all callers have left continues", async () => {
  const vendor = fakeVendor();
  const held = vendor.hold("/login");
  const signals: (AbortSignal | null | undefined)[] = [];
  const session = vendor.session({
    fetch: (input, init) => {
      signals.push(init?.signal);
      return vendor.fetch(input, init);
    },
  });
  const leaver = new AbortController();
  const login = session.login({ signal: leaver.signal });
  await held.arrived;
  leaver.abort();
  await expect(login).rejects.toMatchObject({ name: "AbortError" });
  expect(signals.map((signal) => signal?.aborted)).toEqual([false]);
  held.release();
});

test("G4: a renewal in the background continues when a caller that joined it leaves", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = 3_600_000;
  const session = vendor.session();
  await session.login();
  await vendor.clock.advance(3_540_000);
  const held = vendor.hold("/login");
  await session.fetch("zones");
  await held.arrived;
  const leaver = new AbortController();
  const renewal = session.renew({ signal: leaver.signal });
  leaver.abort();
  await expect(renewal).rejects.toMatchObject({ name: "AbortError" });
  held.release();
  await settle();
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-2" });
  expect(vendor.logins).toBe(2);
});
