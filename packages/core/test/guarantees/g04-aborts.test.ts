import { describe, expect, test } from "vitest";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

describe.each(clients)("$name", ({ open }) => {
  test("G4: an aborted caller immediately gets its signal's reason, and the login continues for the others", async () => {
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

  test("G4: a call that is aborted while it waits for the login after a rejection affects no other call", async () => {
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

test("G4: a login that all callers have left is aborted, and the next call makes a new one", async () => {
  const vendor = fakeVendor();
  const held = vendor.hold("/login");
  const session = vendor.session();
  const leaver = new AbortController();
  const waits = [session.login({ signal: leaver.signal }), session.fetch("a", { signal: leaver.signal })];
  await held.arrived;
  leaver.abort();
  for (const wait of waits) await expect(wait).rejects.toMatchObject({ name: "AbortError" });
  await settle();
  expect((await session.fetch("b")).status).toBe(200);
  held.release();
  await settle();
  expect(session.info).toMatchObject({ account: "operator" });
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

test("G4: if the only caller of a renewal leaves, the live session is kept", async () => {
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

test("G4: a session that the vendor opened after all callers left is ended at the vendor", async () => {
  const vendor = fakeVendor();
  const leaver = new AbortController();
  const answered = Promise.withResolvers<void>();
  const session = vendor.session(
    {},
    {
      // A flow that does not heed its signal, and so succeeds after it was given up.
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
