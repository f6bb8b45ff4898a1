import { memoryStore, type SessionStore } from "@vms/core";
import { useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import { parseData, statusOf } from "../src/wire.ts";
import { accepted, base, bearer, host, newSession, onLogin, session1, showsSecret, username } from "./vendor.ts";

useNock();

describe("the data of a stored session", () => {
  it("is used instead of a login", async () => {
    const store = memoryStore();
    onLogin(200, accepted());
    await newSession({ store }).login();
    nock(host, { reqheaders: { authorization: bearer(session1) } })
      .get(`${base}/locations`)
      .reply(200, {});
    expect((await newSession({ store }).fetch("locations")).status).toBe(200);
  });

  it("is replaced by a login if it is invalid", async () => {
    const store = memoryStore();
    onLogin(200, accepted());
    await newSession({ store }).login();
    const spoiled: SessionStore = {
      ...store,
      get: async (key) => (await store.get(key))?.replace('"session":', '"sessions":'),
    };
    onLogin(200, accepted());
    await newSession({ store: spoiled }).login();
  });

  it.each([
    [undefined, []],
    [{ login: username }, ["session"]],
    [{ login: "", session: session1 }, ["login"]],
    [{ login: username, session: 7 }, ["session"]],
  ])("is unexpected_response with paths and no values: %j", (data, paths) => {
    try {
      parseData(data);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "unexpected_response", message: expect.stringContaining(paths.join(", ")) });
      expect(showsSecret(error)).toBe(false);
    }
  });
});

describe("metadata.status", () => {
  it.each([
    ["0", 0],
    [" 40 ", 40],
    [40, 40],
    ["-1", -1],
    ["", undefined],
    ["4e1", undefined],
    [4.5, undefined],
    [null, undefined],
  ])("of %j is %j", (status, expected) => {
    expect(statusOf({ metadata: { status } })).toBe(expected);
  });

  it.each([undefined, null, [], "40", { status: "40" }, { metadata: null }])("is not in %j", (body) => {
    expect(statusOf(body)).toBeUndefined();
  });
});
