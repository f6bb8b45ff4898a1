import { memoryStore } from "@vms/core";
import nock from "nock";
import { describe, expect, it } from "vitest";
import * as alta from "../src/index.ts";
import { type AltaOptions, createAltaSession } from "../src/index.ts";
import {
  host,
  newSession,
  onLogin,
  onZones,
  password,
  START,
  setsVa,
  showsSecret,
  useNock,
  username,
  va1,
} from "./vendor.ts";

useNock();

const credentials = { username, password };

describe("createAltaSession", () => {
  it("is all that the package exports", () => {
    expect(Object.keys(alta)).toEqual(["createAltaSession"]);
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

  it.each<[string, unknown]>([
    ["options", undefined],
    ["baseUrl", { credentials }],
    ["baseUrl", { baseUrl: "acme.eu.alta.avigilon.com", credentials }],
    ["baseUrl", { baseUrl: `https://${username.replace("@", "%40")}:${password}@acme.example`, credentials }],
    ["baseUrl", { baseUrl: `${host}/?x=1`, credentials }],
    ["credentials", { baseUrl: host }],
    ["username", { baseUrl: host, credentials: { password } }],
    ["password", { baseUrl: host, credentials: { username, password: "" } }],
    ["timeout", { baseUrl: host, credentials, timeout: -1 }],
    ["userAgent", { baseUrl: host, credentials, userAgent: "line\nbreak" }],
    ["store", { baseUrl: host, credentials, store: {} }],
    ["allowedOrigins", { baseUrl: host, credentials, allowedOrigins: ["acme.example"] }],
    ["secondFactor", { baseUrl: host, credentials, secondFactor: "918273" }],
    ["codeIn", { baseUrl: host, credentials, codeIn: "body" }],
    ["secondFactor", { baseUrl: host, credentials, codeIn: "login" }],
  ])("names a missing or malformed option: %s", (name, options) => {
    const error = catchError(() => createAltaSession(options as AltaOptions));
    expect(error).toMatchObject({ code: "invalid_options", vendor: "alta", retryable: false });
    expect((error as Error).message).toMatch(/^\[@vms\/alta\] /);
    if (options !== undefined) expect((error as Error).message).toContain(`\`${name}\``);
    expect(showsSecret(error)).toBe(false);
  });

  it("refuses http:// to a host that is not loopback, unless that is allowed", () => {
    const baseUrl = "http://10.1.2.3";
    const error = catchError(() => createAltaSession({ baseUrl, credentials }));
    expect(error).toMatchObject({ code: "insecure_transport", vendor: "alta" });
    expect(createAltaSession({ baseUrl, credentials, allowInsecureHttp: true }).vendor).toBe("alta");
    expect(createAltaSession({ baseUrl: "http://127.0.0.1:8080", credentials }).vendor).toBe("alta");
  });

  it("adopts what another session of the account left in the store", async () => {
    const store = memoryStore();
    onLogin(200, undefined, setsVa());
    await newSession({ store }).login();
    onZones(va1).reply(200, []);
    expect((await newSession({ store }).fetch("api/v1/alarmZones")).status).toBe(200);
  });

  it("does not take what a store holds for a session where its secret is missing", async () => {
    const store = memoryStore();
    onLogin(200, undefined, setsVa());
    await newSession({ store }).login();
    const broken = { ...store, get: async (key: string) => (await store.get(key))?.replace('"va"', '"ve"') };
    onLogin(200, undefined, setsVa());
    expect((await newSession({ store: broken }).login()).account).toBe(username);
  });

  it("asks a function for the credentials at each login", async () => {
    let asked = 0;
    const session = newSession({ credentials: async () => ({ username, password, asked: ++asked }) });
    onLogin(200, undefined, setsVa());
    onLogin(200, undefined, setsVa());
    await session.login();
    await session.renew();
    expect(asked).toBe(2);
  });

  it("does not show the cookie in what the session says of itself", async () => {
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

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return new Error("nothing was thrown");
}
