import { useNock } from "@vms-tooling/testing";
import { expect, test } from "vitest";
import { newSession, onLogin, onZones, setsVa, username, va1, va2 } from "./vendor.ts";

useNock();

test("a cookie from curl or a browser is used without a login", async () => {
  onZones(va1).reply(200, []);
  const session = newSession({ cookies: { va: va1, lb: "node-2" } });
  expect((await session.fetch("api/v1/alarmZones")).status).toBe(200);
  expect(session.info?.user).toEqual({ username });
});

test("a given cookie that the vendor rejects is replaced by a login", async () => {
  onZones(va1).reply(401);
  onLogin(200, "", setsVa(va2));
  onZones(va2).reply(200, []);
  expect((await newSession({ cookies: { va: va1 } }).fetch("api/v1/alarmZones")).status).toBe(200);
});

test("given cookies without `va` are ignored", async () => {
  onLogin(200, "", setsVa(va2));
  expect(await newSession({ cookies: { lb: "node-2", va: "" } }).login()).toMatchObject({ account: username });
});
