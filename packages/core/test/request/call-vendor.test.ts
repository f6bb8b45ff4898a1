import { describe, expect, test } from "vitest";
import type { Schema } from "../../src/contract/schema.ts";
import { callVendor } from "../../src/request/call-vendor.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const anything: Schema<unknown> = {
  "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) },
};

/** Whether a promise is still pending. */
function watch(promise: Promise<unknown>): () => boolean {
  let pending = true;
  const done = () => {
    pending = false;
  };
  promise.then(done, done);
  return () => pending;
}

describe("callVendor", () => {
  test("signs in, adds the credential and reads the response", async () => {
    const vendor = fakeVendor();
    const answer = await callVendor(vendor.session(), "me?page=2", { headers: { accept: "application/json" } });
    expect([answer.status, answer.ok, answer.json(anything)]).toEqual([200, true, { path: "/me", token: "token-1" }]);
  });

  test("sends JSON and forms with their content types", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await callVendor(session, "json", { method: "POST", json: { a: 1 } });
    await callVendor(session, "form", { method: "POST", body: new URLSearchParams({ a: "1" }) });
    const [json, form] = vendor.seen.slice(-2);
    expect([json?.headers.get("content-type"), json?.body]).toEqual(["application/json", '{"a":1}']);
    expect([form?.headers.get("content-type"), form?.body]).toEqual([
      "application/x-www-form-urlencoded;charset=UTF-8",
      "a=1",
    ]);
  });

  test("is sent again with a new credential after a rejection, like any other call", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.login();
    vendor.revoke();
    const answer = await callVendor(session, "me");
    expect([answer.status, vendor.logins]).toEqual([200, 2]);
  });

  test("fails after `timeout` without a response, and names neither the query nor a secret", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ timeout: 1_000 });
    await session.login();
    const { arrived } = vendor.hold("me");
    const call = callVendor(session, "me?key=made-up-secret");
    const pending = watch(call);
    await arrived;
    await vendor.clock.advance(999);
    expect(pending()).toBe(true);
    await vendor.clock.advance(1);
    await expect(call).rejects.toMatchObject({
      code: "vendor_unavailable",
      message: "[@vms/fake] GET me took longer than 1000 ms. Check the network, or raise `timeout`.",
    });
    expect(vendor.clock.pending).toBe(0);
  });

  test("does not count the time of a new login towards `timeout`", async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ timeout: 1_000 });
    await session.login();
    vendor.revoke();
    const login = vendor.hold("/login");
    const call = callVendor(session, "me");
    await login.arrived;
    await vendor.clock.advance(900);
    const again = vendor.hold("me");
    login.release();
    await again.arrived;
    await vendor.clock.advance(900);
    again.release();
    expect((await call).status).toBe(200);
  });

  test("fails with the caller's abort reason", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.login();
    const { arrived } = vendor.hold("me");
    const controller = new AbortController();
    const call = callVendor(session, "me", { signal: controller.signal });
    await arrived;
    const reason = new Error("the caller left");
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect(callVendor(session, "me", { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  test.each([
    [429, "rate_limited"],
    [503, "vendor_unavailable"],
    [418, "unexpected_response"],
  ])("returns a %i as a response whose error is %s", async (status, code) => {
    const vendor = fakeVendor();
    vendor.next("me", () => new Response("{}", { status, headers: { "retry-after": "7" } }));
    const answer = await callVendor(vendor.session(), "me");
    expect([answer.ok, answer.status, answer.toError().code]).toEqual([false, status, code]);
  });

  test("a network failure is `vendor_unavailable` with its code, without the sent data", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    await session.login();
    vendor.next("me", () => Promise.reject(Object.assign(new Error("made-up-secret"), { code: "ECONNRESET" })));
    const error = await callVendor(session, "me").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "vendor_unavailable", message: expect.stringContaining("(ECONNRESET)") });
    expect(String(error)).not.toContain("made-up");
  });

  test("a response of more than 1 MiB is `unexpected_response`", async () => {
    const vendor = fakeVendor();
    vendor.next("me", () => new Response("a".repeat(1_048_577)));
    await expect(callVendor(vendor.session(), "me")).rejects.toMatchObject({ code: "unexpected_response" });
  });

  describe("with `login: false`", () => {
    test("sends nothing without a live session", async () => {
      const vendor = fakeVendor();
      await expect(callVendor(vendor.session(), "me", { login: false })).rejects.toMatchObject({
        code: "session_closed",
      });
      expect(vendor.seen).toEqual([]);
    });

    test("returns a rejection, and leaves the session in use", async () => {
      const vendor = fakeVendor();
      const session = vendor.session();
      await session.login();
      vendor.revoke();
      const answer = await callVendor(session, "me", { login: false });
      await settle();
      expect([answer.status, vendor.logins, session.info === undefined]).toEqual([401, 1, false]);
    });

    test("G13: the response has no `Set-Cookie`", async () => {
      const vendor = fakeVendor();
      const session = vendor.session();
      await session.login();
      vendor.next("/me", () => new Response("{}", { headers: { "set-cookie": "va=made-up", "x-kept": "yes" } }));
      const { headers } = await callVendor(session, "me", { login: false });
      expect([headers.has("set-cookie"), headers.get("x-kept")]).toEqual([false, "yes"]);
    });
  });
});
