import { describe, expect, it } from "vitest";
import { type AlertSiteOptions, createAlertSiteSession } from "../src/index.ts";
import { accepted, failureOf, newSession, onLogin, password, showsSecret, useNock, username } from "./vendor.ts";

useNock();

const credentials = { username, password };

function errorOf(options: unknown): unknown {
  try {
    return createAlertSiteSession(options as AlertSiteOptions);
  } catch (error) {
    return error;
  }
}

describe("createAlertSiteSession", () => {
  it("does no I/O", () => {
    const session = newSession();
    expect(session.vendor).toBe("alertsite");
    expect(session.info).toBeUndefined();
  });

  it("knows the vendor's address, also where an unset variable is passed on", async () => {
    onLogin(200, accepted());
    await createAlertSiteSession({ credentials, baseUrl: undefined }).login();
  });

  it.each([
    ["credentials", {}],
    ["credentials", { credentials: { username } }],
    ["password", { credentials: { username, password: "" } }],
    ["baseUrl", { credentials, baseUrl: "" }],
    ["baseUrl", { credentials, baseUrl: "www.alertsite.com" }],
    ["baseUrl", { credentials, baseUrl: `https://${username.split("@")[0]}:${password}@www.alertsite.com` }],
    ["transport", { credentials, transport: "cookie" }],
    ["sessionGoneCodes", { credentials, sessionGoneCodes: "40" }],
    ["sessionGoneCodes", { credentials, sessionGoneCodes: ["0"] }],
    ["sessionGoneCodes", { credentials, sessionGoneCodes: [40] }],
    ["sessionGoneCodes", { credentials, sessionGoneCodes: ["forty"] }],
    ["idleTimeout", { credentials, idleTimeout: 0 }],
    ["options", undefined],
  ])("throws invalid_options that names %s: %j", (name, options) => {
    const error = errorOf(options);
    expect(error).toMatchObject({ code: "invalid_options", message: expect.stringContaining(name) });
    expect(showsSecret(error)).toBe(false);
  });

  it("throws insecure_transport for http:// to a host that is not loopback", () => {
    const error = errorOf({ credentials, baseUrl: "http://alertsite.acme.example" });
    expect(error).toMatchObject({ code: "insecure_transport", vendor: "alertsite" });
  });

  it("takes idleTimeout before the vendor's 15 minutes", async () => {
    onLogin(200, accepted());
    expect(await newSession({ idleTimeout: 60_000 }).login()).toMatchObject({ idleTimeout: 60_000 });
  });

  it("shows no secret in its info or when it is printed", async () => {
    onLogin(200, accepted());
    const session = newSession();
    const info = await session.login();
    expect(showsSecret(session)).toBe(false);
    expect(showsSecret(info)).toBe(false);
  });

  it("says vendor_unavailable without quoting anything when the network fails", async () => {
    const failing = () => Promise.reject(new TypeError(`fetch failed ${password}`));
    const error = await failureOf(newSession({ fetch: failing }));
    expect(error).toMatchObject({ code: "vendor_unavailable", retryable: true });
    expect(showsSecret(error)).toBe(false);
  });
});
