import { describe, expect, it } from "vitest";
import * as yourVendor from "../src/index.ts";
import { newSession, showsSecret } from "./vendor.ts";

describe("createYourVendorSession", () => {
  it("is the only export of the package", () => {
    expect(Object.keys(yourVendor)).toEqual(["createYourVendorSession"]);
  });

  it("does no I/O", () => {
    const session = newSession();
    expect(session.vendor).toBe("your-vendor");
    expect(session.info).toBeUndefined();
    expect(showsSecret(session)).toBe(false);
  });
});
