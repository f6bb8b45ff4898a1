import { expect, test } from "vitest";
import { fakeVendor } from "../fake-vendor.ts";

test("L3: a refused request is sent again once, with the new credential", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  vendor.revoke();
  await session.fetch("zones");
  const sent = vendor.seen.filter(({ path }) => path === "/zones").map(({ headers }) => headers.get("authorization"));
  expect(sent).toEqual(["Bearer token-1", "Bearer token-2"]);
});

test("L3: a second rejection is the caller's, and costs no second login", async () => {
  const vendor = fakeVendor();
  const session = vendor.session();
  await session.login();
  for (const _ of "ab") vendor.next("/forbidden", () => new Response("never", { status: 401 }));
  const response = await session.fetch("forbidden");
  expect([response.status, await response.text()]).toEqual([401, "never"]);
  expect(vendor.logins).toBe(2);
  expect(vendor.seen.filter(({ path }) => path === "/forbidden")).toHaveLength(2);
});
