import { describe, expect, test } from "vitest";
import { clients } from "../clients.ts";
import { fakeVendor } from "../fake-vendor.ts";

describe.each(clients)("$name", ({ open }) => {
  test("G3: a rejected request is resent once, with the new credential", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    vendor.revoke();
    await call("zones");
    const sent = vendor.seen.filter(({ path }) => path === "/zones").map(({ headers }) => headers.get("authorization"));
    expect(sent).toEqual(["Bearer token-1", "Bearer token-2"]);
  });

  test("G3: a second rejection is returned to the caller, and costs no second login", async () => {
    const vendor = fakeVendor();
    const session = vendor.session();
    const call = open(vendor, session);
    await session.login();
    for (const _ of "ab") vendor.next("/forbidden", () => new Response("never", { status: 401 }));
    const response = await call("forbidden");
    expect([response.status, await response.text()]).toEqual([401, "never"]);
    expect(vendor.logins).toBe(2);
    expect(vendor.seen.filter(({ path }) => path === "/forbidden")).toHaveLength(2);
  });
});
