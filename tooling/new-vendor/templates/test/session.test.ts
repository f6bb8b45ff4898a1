import { describe, expect, it } from "vitest";
import * as yourVendor from "../src/index.ts";
import { newSession, showsSecret } from "./vendor.ts";

describe("createYourVendorSession", () => {
  it("is exported with the description of the vendor", () => {
    expect(Object.keys(yourVendor).sort()).toEqual(["createYourVendorSession", "describe"]);
  });

  it("does no I/O", () => {
    const session = newSession();
    expect(session.vendor).toBe("your-vendor");
    expect(session.info).toBeUndefined();
    expect(showsSecret(session)).toBe(false);
  });
});
