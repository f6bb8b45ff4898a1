import type { SecondFactor } from "@vms/core";
import { allRequested, loginError, testClock, useNock } from "@vms-tooling/testing";
import nock from "nock";
import { describe, expect, it } from "vitest";
import {
  answering,
  code,
  host,
  newSession,
  onAuth,
  onLogout,
  onZones,
  password,
  requires,
  START,
  setsVa,
  showsSecret,
  username,
  va1,
  zonesStatus,
} from "./vendor.ts";

useNock();

describe('with totpPlacement: "login"', () => {
  const totpPlacement = "login" as const;
  const onCode = (given: string) => nock(host).post("/api/v1/dologin", { username, password, code: given });

  it("the code is asked for first and sent in the body of the login", async () => {
    onCode(code).reply(200, {}, setsVa());
    onAuth().reply(200, requires());
    onZones(va1).reply(200, []);
    const { secondFactor, challenges } = answering(code);
    expect(await zonesStatus(newSession({ totpPlacement, secondFactor }))).toBe(200);
    expect(challenges).toHaveLength(1);
  });

  it("a 401 is reported as invalid_credentials and not retried, because any value may be wrong", async () => {
    onCode(code).reply(401, { error: `${code} ${password}` });
    const { secondFactor, challenges } = answering(code);
    const session = newSession({ totpPlacement, secondFactor });
    const error = await loginError(session);
    expect(error).toMatchObject({ code: "invalid_credentials", status: 401, retryable: false });
    expect((error as Error).message).toMatch(/user name, the password or the code .*`credentials`.*`secondFactor`/);
    expect(showsSecret(error)).toBe(false);
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
    expect(challenges).toHaveLength(1);
  });

  it("a login that failed with 503 asks for a new code, because the old one may be used", async () => {
    onCode("111111").reply(503);
    onCode(code).reply(200, {}, setsVa());
    onAuth().reply(200, requires());
    const { secondFactor, challenges } = answering("111111", code);
    await newSession({ totpPlacement, secondFactor }).login();
    expect(challenges.map(({ attempt, last }) => [attempt, last])).toEqual([
      [1, undefined],
      [2, undefined],
    ]);
  });

  it("no other code is asked for if the login had succeeded", async () => {
    onCode(code).reply(200, {}, setsVa());
    onAuth().reply(503);
    onAuth().reply(200, requires());
    const { secondFactor, challenges } = answering(code);
    await newSession({ totpPlacement, secondFactor }).login();
    expect(challenges).toHaveLength(1);
  });

  it("a deployment that ignores the code is reported, and nothing is retried", async () => {
    onCode(code).reply(200, {}, setsVa());
    onAuth().reply(200, requires("code"));
    onLogout().reply(200);
    const session = newSession({ totpPlacement, secondFactor: answering(code).secondFactor });
    const error = await loginError(session);
    await allRequested();
    expect(error).toMatchObject({ code: "second_factor_required" });
    expect((error as Error).message).toContain("`totpPlacement`");
    await expect(session.fetch("api/v1/alarmZones")).rejects.toBe(error);
  });

  it("the expiry of the session is counted from the login, which came after the code", async () => {
    const { now, skip } = testClock(START);
    onCode(code).reply(200, {}, setsVa(va1, "; Max-Age=3600"));
    onAuth().reply(200, requires());
    const secondFactor: SecondFactor = () => {
      skip(600_000);
      return { method: "totp", code };
    };
    const session = newSession({ totpPlacement, secondFactor, now });
    expect((await session.login()).expiresAt).toBe(START + 600_000 + 3_600_000);
  });
});
