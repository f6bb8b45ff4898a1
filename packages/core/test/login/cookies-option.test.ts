import { expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory-store.ts";
import { type FakeVendor, fakeVendor } from "../fake-vendor.ts";

const resuming: NonNullable<Parameters<FakeVendor["session"]>[1]> = {
  resume: async (_, { sid }) => (sid === undefined ? undefined : { data: sid, user: { name: "operator" } }),
};

function signedInElsewhere() {
  const vendor = fakeVendor();
  vendor.live.add("token-elsewhere");
  return vendor;
}

test("a session starts with the given cookies, without a login", async () => {
  const vendor = signedInElsewhere();
  const session = vendor.session({ cookies: { sid: "token-elsewhere", other: "1" } }, resuming);
  const from: string[] = [];
  session.on("login", (event) => from.push(event.from));
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-elsewhere" });
  expect([vendor.logins, from]).toEqual([0, ["cookies"]]);
});

test("cookies that the vendor rejects cost one login, and are not sent again", async () => {
  const vendor = signedInElsewhere();
  vendor.revoke();
  const session = vendor.session({ cookies: { sid: "token-elsewhere" } }, resuming);
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-1" });
  vendor.revoke();
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-2" });
});

test("cookies without a session are ignored", async () => {
  const vendor = signedInElsewhere();
  const session = vendor.session({ cookies: { unrelated: "1" } }, resuming);
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-1" });
});

test("cookies are ignored if a flow in plain JavaScript turns them into `null`", async () => {
  const vendor = signedInElsewhere();
  const session = vendor.session({ cookies: { sid: "x" } }, { resume: async () => JSON.parse("null") });
  expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-1" });
});

test("renew() signs in although there are cookies", async () => {
  const vendor = signedInElsewhere();
  const session = vendor.session({ cookies: { sid: "token-elsewhere" } }, resuming);
  await session.renew();
  expect(vendor.logins).toBe(1);
});

test("a session from cookies is stored for others, and a stored session has priority", async () => {
  const vendor = signedInElsewhere();
  const store = memoryStore();
  await vendor.session({ store, cookies: { sid: "token-elsewhere" } }, resuming).login();
  const other = vendor.session({ store, cookies: { sid: "made-up-and-dead" } }, resuming);
  expect(await (await other.fetch("zones")).json()).toMatchObject({ token: "token-elsewhere" });
  expect(vendor.logins).toBe(0);
});

test("`cookies` for a vendor whose sessions are not cookies is invalid_options", () => {
  expect(() => fakeVendor().session({ cookies: { sid: "made-up" } })).toThrow(
    expect.objectContaining({ code: "invalid_options", message: expect.stringContaining("`cookies`") }),
  );
});

test.for([7, "sid=1", ["sid"], null, { sid: 7 }])(
  "`cookies` of %j is invalid_options, and the error names the option",
  (cookies) => {
    expect(() => fakeVendor().session({ cookies: cookies as never }, resuming)).toThrow(
      expect.objectContaining({ code: "invalid_options", message: expect.stringContaining("`cookies`") }),
    );
  },
);
