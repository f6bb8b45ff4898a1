import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { quick } from "../src/behavior.ts";
import { concurrentOnly, contenders, openClient } from "../src/contenders.ts";
import { startVendor, type Vendor } from "../src/vendor.ts";

let vendor: Vendor;
beforeAll(async () => {
  vendor = await startVendor();
});
afterAll(() => vendor[Symbol.asyncDispose]());
beforeEach(() => vendor.behave(quick));

const zones = [{ id: 1, name: "Zone" }];

describe.each([...contenders, ...concurrentOnly])("$name", (contender) => {
  it("signs in once, and calls", async () => {
    const client = await openClient(contender, vendor.base);
    expect(await client.call()).toEqual(zones);
    expect(await client.call()).toEqual(zones);
    expect((await vendor.counts()).logins).toBe(1);
  });

  it(contender.kind === "bare" ? "stays out once it is revoked" : "signs in again once it is revoked", async () => {
    const client = await openClient(contender, vendor.base);
    await client.call();
    await vendor.revoke();
    if (contender.kind === "bare") {
      await expect(client.call()).rejects.toThrow();
      expect((await vendor.counts()).logins).toBe(0);
    } else {
      expect(await client.call()).toEqual(zones);
      expect(await client.call()).toEqual(zones);
      expect((await vendor.counts()).logins).toBe(1);
    }
  });
});
