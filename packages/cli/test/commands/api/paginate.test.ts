import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createAdminTokenServer, createFindFaceServer, type FindFaceOptions } from "@vms/simulator";
import { expect, it } from "vitest";
import { altaWorld, PROFILE, type World, worldOf } from "../../support/profile-fixture.ts";
import { vmsOnScreen } from "../../support/run-vms.ts";

const LIST = "users/?limit=2";
const ADMINS = "api/admin/v1/admins";

/** A FindFace with seven users. */
async function seven(options: FindFaceOptions = {}) {
  const server = createFindFaceServer(options);
  for (let index = 2; index <= 7; index++) server.addAccount({ username: `user-${index}`, password: "made-up-long" });
  return worldOf(server);
}

const paths = ({ server }: World) => server.requests.filter(({ path }) => path === "/users/").map(({ url }) => url);

/** Answers the next pages of FindFace's list of users. */
function answer({ server }: World, ...bodies: readonly unknown[]) {
  for (const body of bodies) {
    server.script({
      when: ({ path }) => path === "/users/",
      headers: { "content-type": "application/json" },
      body: String(body),
    });
  }
}

it.each(["url", "cursor"] as const)("prints one array of all pages if links are a %s", async (pageLinks) => {
  const world = await seven({ pageLinks });
  const { exit, stdout, stderr } = await world.run(["api", PROFILE, LIST, "--paginate"]);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  expect(JSON.parse(stdout)).toHaveLength(7);
  expect(new Set((JSON.parse(stdout) as { id: unknown }[]).map(({ id }) => id)).size).toBe(7);
  // Every page was asked for once, with the caller's other parameters.
  expect(new Set(paths(world)).size).toBe(4);
  for (const url of paths(world)) expect(new URL(url).searchParams.get("limit")).toBe("2");
});

it("follows numbered pages, whose links lack the other parameters", async () => {
  const server = createAdminTokenServer();
  for (let index = 2; index <= 5; index++) server.addAccount({ username: `user-${index}`, password: "made-up-long" });
  const { run } = await worldOf(server);
  const { meta } = JSON.parse((await run(["api", PROFILE, ADMINS])).stdout) as { meta: { total: number } };
  server.clearRequests();
  const { exit, stdout } = await run(["api", PROFILE, ADMINS, "-X", "GET", "-f", "per_page=3", "--paginate"]);
  expect([exit, (JSON.parse(stdout) as unknown[]).length]).toEqual([0, meta.total]);
  const [first, ...others] = server.requests.map(({ url }) => new URL(url).search);
  expect(first).toBe("?per_page=3");
  expect(others).toEqual(
    Array.from({ length: Math.ceil(meta.total / 3) - 1 }, (_, at) => `?per_page=3&page=${at + 2}`),
  );
});

it("formats the array on a terminal, and saves it with -o", async () => {
  const { env, home, run } = await seven();
  const { stdout } = await vmsOnScreen(80, ["api", PROFILE, LIST, "--paginate"], { ...env, NO_COLOR: "1" });
  expect(stdout).toMatch(/^\[\n {2}\{\n {4}"/);
  const file = join(home, "users.json");
  expect(await run(["api", PROFILE, LIST, "--paginate", "-o", file])).toMatchObject({ exit: 0, stdout: "" });
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(JSON.parse(stdout));
});

it("keeps every digit, and accepts a list without pages and an empty one", async () => {
  const world = await seven();
  answer(
    world,
    '{"results":[12345678901234567890,1.0],"next_page":12345678901234567890}',
    '[{"id":2}]',
    '{"results":[]}',
  );
  expect((await world.run(["api", PROFILE, LIST, "--paginate"])).stdout).toBe(
    '[\n12345678901234567890,\n1.0,\n{"id":2}\n]\n',
  );
  expect(new URL(paths(world)[1] ?? "").searchParams.get("page")).toBe("12345678901234567890");
  expect((await world.run(["api", PROFILE, LIST, "--paginate"])).stdout).toBe("[]\n");
});

it("never calls another host, even if a page links there", async () => {
  const world = await seven();
  answer(
    world,
    '{"results":[1],"next_page":"https://elsewhere.example/steal?page=abc"}',
    '{"results":[2],"next_page":null}',
  );
  expect((await world.run(["api", PROFILE, LIST, "--paginate"])).stdout).toBe("[\n1,\n2\n]\n");
  expect(paths(world).map((url) => new URL(url).pathname + new URL(url).search)).toEqual([
    "/users/?limit=2",
    "/users/?limit=2&page=abc",
  ]);
});

it("stops if a page leads back to an earlier one", async () => {
  const world = await seven();
  const loop = (item: number, next: string) => `{"results":[${item}],"next_page":"${next}"}`;
  answer(world, loop(1, "a"), loop(2, "b"), loop(3, "a"));
  const { exit, stdout, stderr } = await world.run(["api", PROFILE, LIST, "--paginate"]);
  expect({ exit, stdout }).toEqual({ exit: 6, stdout: "[\n1,\n2,\n3" });
  expect(stderr).toBe("\nvms: page 3 leads back to an earlier page.\nThe list is incomplete.\n");
});

it.each([
  [
    "a link without a cursor",
    '{"results":[1],"next_page":"https://a.example/users/"}',
    6,
    'page 1 has a malformed "next_page".',
  ],
  ["a malformed link", '{"results":[1],"next_page":{}}', 6, 'page 1 has a malformed "next_page".'],
  ["a response that is no list", '{"id":1}', 6, 'page 1 is not a list: it has no "results".\nLeave out --paginate.'],
  ["a response that is not JSON", "<html>", 6, 'page 1 is not a list: it has no "results".\nLeave out --paginate.'],
])("reports %s", async (_, body, exit, message) => {
  const world = await seven();
  answer(world, body);
  const run = await world.run(["api", PROFILE, LIST, "--paginate"]);
  expect(run.exit).toBe(exit);
  expect(run.stderr).toContain(`vms: ${message}`);
});

it("reports an error of a later page, leaves the array open, and saves nothing", async () => {
  const world = await seven();
  const file = join(world.home, "users.json");
  for (const output of [[], ["-o", file]]) {
    answer(world, '{"results":[1],"next_page":"a"}');
    world.server.script({ when: ({ path }) => path === "/users/", status: 404, body: "gone" });
    const run = await world.run(["api", PROFILE, LIST, "--paginate", ...output]);
    expect([run.exit, run.stdout]).toEqual([4, output.length === 0 ? "[\n1" : ""]);
    expect(run.stderr).toContain("vms: the vendor answered 404 to page 2.\nThe list is incomplete. Run it again.\n");
  }
  expect(await readdir(world.home)).not.toContain("users.json");
});

it("prints the body of an error of the first page", async () => {
  const { run } = await seven();
  const { exit, stdout, stderr } = await run(["api", PROFILE, "nosuch/", "--paginate"]);
  expect([exit, JSON.parse(stdout)]).toEqual([4, expect.any(Object)]);
  expect(stderr).toContain("vms: GET nosuch/: the vendor answered 404");
});

it("continues if the session ends between two pages", async () => {
  const world = await seven();
  answer(world, '{"results":[1,2],"next_page":"from-2"}');
  world.server.script({ when: ({ path }) => path === "/users/", status: 401, body: "{}" });
  const { exit, stdout } = await world.run(["api", PROFILE, LIST, "--paginate"]);
  expect([exit, (JSON.parse(stdout) as unknown[]).length]).toEqual([0, 7]);
  expect(world.server.loginAttempts).toBe(2);
});

it("sends nothing if the vendor has no pages, or with another method", async () => {
  const { server, run } = await altaWorld();
  expect(await run(["api", PROFILE, "api/v1/alarmZones", "--paginate"])).toEqual({
    exit: 2,
    stdout: "",
    stderr: "vms: --paginate: Avigilon Alta Video does not document lists in pages.\nLeave out --paginate.\n",
  });
  expect(await run(["api", PROFILE, "x", "--paginate", "-f", "limit=2"])).toMatchObject({
    exit: 2,
    stderr: "vms: --paginate repeats a GET, not a POST.\nLeave out --paginate, or use -X GET.\n",
  });
  expect(server.requests).toEqual([]);
});
