import { describe, expect, it } from "vitest";
import { accepted, call, onCall, onLogin, refused, username } from "./documented.ts";
import { failureOf, newSession, showsSecret, useNock } from "./vendor.ts";

useNock();

describe("signing in", () => {
  it("sends what the vendor's page says, and takes the answer that it shows", async () => {
    onLogin().reply(200, accepted());
    expect(await newSession().login()).toMatchObject({ vendor: "your-vendor", account: username });
  });

  it("is invalid_credentials where the vendor refuses the password as documented, and tried once", async () => {
    onLogin().reply(...refused());
    const session = newSession();
    const error = await failureOf(() => session.login());
    expect(error).toMatchObject({ code: "invalid_credentials", vendor: "your-vendor" });
    expect(showsSecret(error)).toBe(false);
    expect(await failureOf(() => session.login())).toBe(error);
  });
});

describe("a call", () => {
  it("carries the credential where the vendor wants it", async () => {
    onLogin().reply(200, accepted());
    onCall().reply(200, {});
    expect((await newSession().fetch(call)).status).toBe(200);
  });

  it("that the vendor refuses is sent once more, after one new login", async () => {
    onLogin().twice().reply(200, accepted());
    onCall().reply(401);
    onCall().reply(200, {});
    expect((await newSession().fetch(call)).status).toBe(200);
  });
});
