import { describe, expect, it } from "vitest";
import * as yourVendor from "../src/index.ts";
import { createYourVendorSession, type YourVendorOptions } from "../src/index.ts";
import { host, password, username } from "./documented.ts";
import { failureOf, newSession, showsSecret, useNock } from "./vendor.ts";

useNock();

const credentials = { username, password };

describe("createYourVendorSession", () => {
  it("is all that the package exports", () => {
    expect(Object.keys(yourVendor)).toEqual(["createYourVendorSession"]);
  });

  it("does no I/O", () => {
    const session = newSession();
    expect(session.vendor).toBe("your-vendor");
    expect(session.info).toBeUndefined();
    expect(showsSecret(session)).toBe(false);
  });

  it.each<[string, unknown]>([
    ["options", undefined],
    ["baseUrl", { credentials }],
    ["baseUrl", { baseUrl: "ftp://acme.example", credentials }],
    ["baseUrl", { baseUrl: `https://x:${password}@acme.example`, credentials }],
    ["credentials", { baseUrl: host }],
    ["username", { baseUrl: host, credentials: { password } }],
    ["password", { baseUrl: host, credentials: { username, password: 1 } }],
  ])("names a missing or malformed option: %s", async (name, options) => {
    const error = await failureOf(() => createYourVendorSession(options as YourVendorOptions));
    expect(error).toMatchObject({ code: "invalid_options", vendor: "your-vendor" });
    expect((error as Error).message).toMatch(/^\[@vms\/your-vendor\] /);
    if (options !== undefined) expect((error as Error).message).toContain(`\`${name}\``);
    expect(showsSecret(error)).toBe(false);
  });

  it("refuses http:// to a host that is not loopback, unless that is allowed", async () => {
    const baseUrl = "http://vms.acme.example";
    const error = await failureOf(() => createYourVendorSession({ baseUrl, credentials }));
    expect(error).toMatchObject({ code: "insecure_transport", vendor: "your-vendor" });
    expect(createYourVendorSession({ baseUrl, credentials, allowInsecureHttp: true }).vendor).toBe("your-vendor");
  });
});
