import nock from "nock";
import { expect, test } from "vitest";
import { brandHost, host, newSession, session1, useNock, user } from "./vendor.ts";

useNock();

test.for(["auth_key", "videobank_sessionid"])(
  "a cookie %s is taken up, and calls go to its user's brand",
  async (name) => {
    nock(host).get("/g/user").matchHeader("cookie", `${name}=${session1}`).reply(200, user);
    nock(brandHost).get("/g/device/list").matchHeader("cookie", `${name}=${session1}`).reply(200, []);
    const session = newSession({ cookies: { [name]: session1 } });
    expect((await session.fetch("g/device/list")).status).toBe(200);
    expect(session.info?.user.email).toBe(user.email);
  },
);

test("one that the vendor refuses is replaced by a login", async () => {
  nock(host).get("/g/user").reply(401);
  nock(host).post("/g/aaa/authenticate").reply(401);
  await expect(newSession({ cookies: { auth_key: session1 } }).login()).rejects.toMatchObject({
    code: "invalid_credentials",
  });
});
