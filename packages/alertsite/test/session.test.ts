import { loginError, useNock } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import * as alertsite from "../src/index.ts";
import { accepted, newSession, onLogin, password, showsSecret } from "./vendor.ts";

useNock();

describe("createAlertSiteSession", () => {
  it("is exported with the description of the vendor", () => {
    expect(Object.keys(alertsite).sort()).toEqual(["createAlertSiteSession", "describe"]);
  });

  it("does no I/O", () => {
    const session = newSession();
    expect(session.vendor).toBe("alertsite");
    expect(session.info).toBeUndefined();
  });

  it("uses `idleTimeout` instead of the vendor's 15 minutes", async () => {
    onLogin(200, accepted());
    expect(await newSession({ idleTimeout: 60_000 }).login()).toMatchObject({ idleTimeout: 60_000 });
  });

  it("shows no secret in `info` or when it is printed", async () => {
    onLogin(200, accepted());
    const session = newSession();
    const info = await session.login();
    expect(showsSecret(session)).toBe(false);
    expect(showsSecret(info)).toBe(false);
  });

  it("fails with vendor_unavailable without a secret if the network fails", async () => {
    const cause = Object.assign(new Error(`reset ${password}`), { code: "ECONNRESET" });
    const failing = () => Promise.reject(new TypeError("fetch failed", { cause }));
    const error = await loginError(newSession({ fetch: failing }));
    expect(error).toMatchObject({ code: "vendor_unavailable", retryable: true });
    expect(showsSecret(error)).toBe(false);
  });
});
