import { loginError, useNock } from "@vms-tooling/testing";
import { describe, expect, it } from "vitest";
import { onLogin, refused } from "./documented.ts";
import { newSession, showsSecret } from "./vendor.ts";

useNock();

describe("a failed login", () => {
  it("is invalid_credentials if the vendor rejects the password as documented, and is sent once", async () => {
    onLogin().reply(...refused());
    const session = newSession();
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "invalid_credentials", vendor: "your-vendor" });
    expect(showsSecret(error)).toBe(false);
    expect(await loginError(session)).toBe(error);
  });

  it("is rate_limited for a 429", async () => {
    onLogin().reply(429, "", { "retry-after": "120" });
    expect(await loginError(newSession())).toMatchObject({ code: "rate_limited", retryAfter: 120_000 });
  });
});
