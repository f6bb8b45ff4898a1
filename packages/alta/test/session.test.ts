import { memoryStore } from "@vms/core";
import { useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import * as alta from "../src/index.ts";
import { host, newSession, onLogin, onZones, password, START, setsVa, showsSecret, username, va1 } from "./vendor.ts";

useNock();

describe("createAltaSession", () => {
  it("is exported with the description of the vendor", () => {
    expect(Object.keys(alta).sort()).toEqual(["createAltaSession", "describe"]);
  });

  it("does no I/O: the first call signs in, and the second uses the session", async () => {
    const session = newSession();
    expect(session.vendor).toBe("alta");
    expect(session.info).toBeUndefined();
    onLogin(200, undefined, setsVa());
    onZones(va1)
      .twice()
      .reply(200, [{ id: 1 }]);
    expect(await session.http.get("api/v1/alarmZones").json()).toEqual([{ id: 1 }]);
    expect((await session.fetch("/api/v1/alarmZones")).status).toBe(200);
    expect(session.info).toEqual({
      vendor: "alta",
      account: username,
      baseUrl: `${host}/`,
      issuedAt: START,
      user: { username },
    });
  });

  it("uses a stored session of the account", async () => {
    const store = memoryStore();
    onLogin(200, undefined, setsVa());
    await newSession({ store }).login();
    onZones(va1).reply(200, []);
    expect((await newSession({ store }).fetch("api/v1/alarmZones")).status).toBe(200);
  });

  it("does not use a stored session whose secret is missing", async () => {
    const store = memoryStore();
    onLogin(200, undefined, setsVa());
    await newSession({ store }).login();
    const broken = { ...store, get: async (key: string) => (await store.get(key))?.replace('"va"', '"ve"') };
    onLogin(200, undefined, setsVa());
    expect((await newSession({ store: broken }).login()).account).toBe(username);
  });

  it("calls a function for the credentials at each login", async () => {
    let asked = 0;
    const session = newSession({ credentials: async () => ({ username, password, asked: ++asked }) });
    onLogin(200, undefined, setsVa());
    onLogin(200, undefined, setsVa());
    await session.login();
    await session.renew();
    expect(asked).toBe(2);
  });

  it("shows the cookie neither in the session nor in a response", async () => {
    onLogin(200, undefined, setsVa());
    const session = newSession();
    await session.login();
    nock(host)
      .get("/api/v1/alarmZones")
      .reply(200, [], { "set-cookie": `va=${va1}` });
    const response = await session.fetch("api/v1/alarmZones");
    expect(response.headers.has("set-cookie")).toBe(false);
    expect(showsSecret(session)).toBe(false);
    expect(showsSecret(response)).toBe(false);
  });
});
