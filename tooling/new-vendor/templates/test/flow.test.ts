import { useNock } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { accepted, call, onCall, onLogin, username } from "./documented.ts";
import { newSession } from "./vendor.ts";

useNock();

describe("signing in", () => {
  it("sends the documented request, and accepts the documented response", async () => {
    onLogin().reply(200, accepted());
    expect(await newSession().login()).toMatchObject({ vendor: "your-vendor", account: username });
  });
});

describe("a call", () => {
  it("carries the credential as documented", async () => {
    onLogin().reply(200, accepted());
    onCall().reply(200, {});
    expect((await newSession().fetch(call)).status).toBe(200);
  });

  it("is sent again after one login if the vendor rejects it", async () => {
    onLogin().twice().reply(200, accepted());
    onCall().reply(401);
    onCall().reply(200, {});
    expect((await newSession().fetch(call)).status).toBe(200);
  });
});
