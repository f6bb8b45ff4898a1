import { loginError, useNock } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { accepted, call, onCall, onLogin, refused, username } from "./documented.ts";
import { newSession, showsSecret } from "./vendor.ts";

useNock();

describe("signing in", () => {
  it("sends the documented request, and accepts the documented answer", async () => {
    onLogin().reply(200, accepted());
    expect(await newSession().login()).toMatchObject({ vendor: "your-vendor", account: username });
  });

  it("is invalid_credentials if the vendor refuses the password as documented, and is sent once", async () => {
    onLogin().reply(...refused());
    const session = newSession();
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "invalid_credentials", vendor: "your-vendor" });
    expect(showsSecret(error)).toBe(false);
    expect(await loginError(session)).toBe(error);
  });
});

describe("a call", () => {
  it("carries the credential as documented", async () => {
    onLogin().reply(200, accepted());
    onCall().reply(200, {});
    expect((await newSession().fetch(call)).status).toBe(200);
  });

  it("that the vendor refuses is sent again after one new login", async () => {
    onLogin().twice().reply(200, accepted());
    onCall().reply(401);
    onCall().reply(200, {});
    expect((await newSession().fetch(call)).status).toBe(200);
  });
});
