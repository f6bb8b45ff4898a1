import { describe, expect, test } from "vitest";
import type { FindFaceServer } from "../src/index.ts";
import { create, get, login, post, signIn, start } from "./findface.ts";

interface Listed {
  id: string;
  uuid: string;
  status: string;
}

const minute = 60_000;
const at = (minutes: number) => new Date(start + minutes * minute).toISOString();

async function list(server: FindFaceServer, query: string, headers: Record<string, string>): Promise<Listed[]> {
  const response = await get(server, `sessions/?${query}`, headers);
  expect(response.status).toBe(200);
  return ((await response.json()) as { results: Listed[] }).results;
}

/** Sessions of the devices "old" (offline), "blocked", "mobile" and "mine", each a minute or more after the other. */
async function installation() {
  const server = create();
  server.addAccount({ username: "second", password: "x" });
  await signIn(server, "old", { username: "second", password: "x" });
  server.clock.advance(10 * minute);
  await signIn(server, "blocked");
  server.blockDevice("blocked");
  server.clock.advance(minute);
  await login(server, { uuid: "mobile", mobile: true });
  server.clock.advance(minute);
  const headers = await signIn(server, "mine");
  const uuids = async (query: string) => (await list(server, query, headers)).map(({ uuid }) => uuid);
  return { server, headers, uuids };
}

describe("the filters of FindFace's sessions", () => {
  test.for([
    ["", ["old", "blocked", "mobile", "mine"]],
    ["status=offline", ["old"]],
    ["status=blocked", ["blocked"]],
    ["status=blocked&status=offline", ["old", "blocked"]],
    ["status=online", ["mobile", "mine"]],
    ["active=true", ["old", "blocked", "mobile", "mine"]],
    ["active=false", []],
    ["mobile=true", ["mobile"]],
    ["mobile=false&status=online", ["mine"]],
    [`created_date_gt=${at(10)}`, ["mobile", "mine"]],
    [`created_date_gte=${at(10)}`, ["blocked", "mobile", "mine"]],
    [`created_date_lt=${at(10)}`, ["old"]],
    ["created_date_lt=2030-01-01T01:10:00.000000%2B01:00", ["old"]],
    ["created_date_lt=2029-12-31T22:40:00.001-01:30", ["old", "blocked"]],
    ["created_date_gt=2028-02-29T00:00Z", ["old", "blocked", "mobile", "mine"]],
    [`created_date_lte=${at(10)}`, ["old", "blocked"]],
    ["uuid_in=old,mine", ["old", "mine"]],
    ["uuid_in=old&uuid_in=mine", ["old", "mine"]],
    ["user_id_in=2", ["old"]],
    ["user_name_in=operator", ["blocked", "mobile", "mine"]],
    ["ip_in=192.0.2.17", ["old", "blocked", "mobile", "mine"]],
    ["ip_in=192.0.2.18", []],
    ["ordering=-created_date", ["mine", "mobile", "blocked", "old"]],
    ["ordering=mobile,-uuid", ["old", "mine", "blocked", "mobile"]],
    ["ordering=uuid&limit=2", ["blocked", "mine"]],
    ["unknown=1", ["old", "blocked", "mobile", "mine"]],
  ] as const)("select and order the sessions: %s", async ([query, expected]) => {
    const { uuids } = await installation();
    expect(await uuids(query)).toEqual(expected);
  });

  test("select sessions by id", async () => {
    const { server, headers, uuids } = await installation();
    const [first, , third] = await list(server, "", headers);
    expect(await uuids(`id_in=${first!.id},${third!.id}`)).toEqual(["old", "mobile"]);
  });

  test("stay in the URLs of the other pages", async () => {
    const { server, headers } = await installation();
    const first = await (await get(server, "sessions/?status=online&limit=1", headers)).json();
    const { next_page: next } = first as { next_page: string };
    expect(await (await server.fetch(next, { headers })).json()).toMatchObject({
      next_page: null,
      results: [{ uuid: "mine" }],
    });
  });

  test.for([
    ["active=perhaps", "active"],
    ["mobile=1", "mobile"],
    ["status=gone", "status"],
    ["created_date_gt=yesterday", "created_date_gt"],
    ["created_date_lt=2030-01-01T00:00:00", "created_date_lt"],
    ["created_date_lt=2030-02-29T00:00:00Z", "created_date_lt"],
    ["ordering=device_info", "ordering"],
  ] as const)("answer 400 to a value that is invalid: %s", async ([query, param]) => {
    const { server, headers } = await installation();
    const response = await get(server, `sessions/?${query}`, headers);
    expect([response.status, await response.json()]).toEqual([
      400,
      expect.objectContaining({ code: "BAD_PARAM", param }),
    ]);
  });

  test("let a client end the offline sessions and keep its own", async () => {
    const { server, headers } = await installation();
    const ids = (await list(server, "status=offline", headers)).map(({ id }) => id);
    expect((await post(server, "sessions/delete/", headers, { id_in: ids })).status).toBe(204);
    expect((await get(server, "users/me/", headers)).status).toBe(200);
    expect((await list(server, "", headers)).map(({ uuid }) => uuid)).toEqual(["blocked", "mobile", "mine"]);
  });
});

describe("a session in FindFace's list", () => {
  test("is offline after the configured time without a request, and stays open", async () => {
    const server = create({ offlineAfter: 1000 });
    const [idle, mine] = [await signIn(server, "idle"), await signIn(server, "mine")];
    server.clock.advance(1000);
    const statuses = async () => (await list(server, "", mine)).map(({ status }) => status);
    expect(await statuses()).toEqual(["offline", "online"]);
    expect((await get(server, "users/me/", idle)).status).toBe(200);
    expect(await statuses()).toEqual(["online", "online"]);
  });

  test("that is blocked does not count as open, and is removed when its device is allowed again", async () => {
    const { server, headers, uuids } = await installation();
    expect(server.sessions).toBe(3);
    server.blockDevice("blocked", false);
    expect(await uuids("")).toEqual(["old", "mobile", "mine"]);
    expect((await get(server, "users/me/", headers)).status).toBe(200);
  });
});
