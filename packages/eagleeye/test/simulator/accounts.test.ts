import { memoryStore } from "@vms/core";
import { expect, it } from "vitest";
import { human, robin, served, steps } from "./simulated-vendor.ts";

const account = { username: robin.username, password: robin.password };
const [home, south] = ["00061203", "00061987"];

it.each(["cookie", "query"] as const)("calls use the account that each login switches to, by %s", async (transport) => {
  const { server, newSession } = await served({ account });
  const session = newSession({ account: south, transport });
  const owners = async () => {
    const list = await session.http.get("g/device/list").json<[string, ...unknown[]][]>();
    return [...new Set(list.map(([owner]) => owner))];
  };
  expect(await owners()).toEqual([south]);
  expect(session.info?.user.active_account_id).toBe(south);
  expect(session.info?.user.owner_account_id).toBe(home);
  server.revokeAll();
  expect(await owners()).toEqual([south]);
  expect(server.logins).toBe(2);
  await session.logout();
  expect(server.sessions).toBe(0);
});

it("sessions of two accounts can be used together", async () => {
  const { server, newSession } = await served({ account });
  const session = newSession();
  const other = session.switchAccount(south);
  await Promise.all([session.login(), other.login()]);
  expect(session.info?.user.active_account_id).toBe(home);
  expect(other.info?.user.active_account_id).toBe(south);
  await other.logout();
  expect((await session.fetch("g/user")).status).toBe(200);
  expect(server.logins).toBe(2);
});

it("sessions of two accounts share a store but never a session", async () => {
  const { server, newSession } = await served({ account });
  const store = memoryStore();
  for (let round = 0; round < 2; round++) {
    for (const id of [undefined, home, south]) {
      const session = newSession({ store, account: id });
      expect((await session.login()).user.active_account_id).toBe(id ?? home);
    }
  }
  expect([server.logins, server.sessions]).toEqual([3, 3]);
});

it("an unknown account is an error and leaves no session open", async () => {
  const { server, newSession } = await served({ account });
  const session = newSession({ account: "00000000" });
  const expected = { code: "invalid_request", status: 404, fields: { account: ["not found"] } };
  await expect(session.login()).rejects.toMatchObject(expected);
  await expect(session.fetch("g/user")).rejects.toMatchObject(expected);
  await expect.poll(() => server.sessions).toBe(0);
  expect(server.logins).toBe(1);
  expect(steps(server)).toEqual(["authenticate", "authorize", "switch_account", "logout"]);
});

it("a session from a given cookie is switched", async () => {
  const { server, newSession } = await served({ account });
  const { cookies } = await newSession().authorization();
  const session = newSession({ cookies, account: south });
  expect((await session.login()).user.active_account_id).toBe(south);
  expect([server.logins, server.sessions]).toEqual([1, 1]);
});

it("a lost response to the switch causes no other login", async () => {
  const { server, newSession } = await served({ account });
  server.script({ when: ({ path }) => path.endsWith("/switch_account"), after: true, drop: "before-headers" });
  const session = newSession({ account: south });
  expect((await session.login()).user.active_account_id).toBe(south);
  expect([server.logins, server.sessions]).toEqual([1, 1]);
  expect(steps(server)).toEqual(["authenticate", "authorize", "switch_account", "user"]);
});

it("the switch follows the code, and the account needs no second code", async () => {
  const { server, newSession } = await served();
  const store = memoryStore();
  const { asked, secondFactor } = human(server);
  await newSession({ store, secondFactor, account: south }).login();
  server.revokeAll();
  const session = newSession({ store, account: south });
  expect((await session.login()).user.active_account_id).toBe(south);
  expect(asked).toHaveLength(1);
});
