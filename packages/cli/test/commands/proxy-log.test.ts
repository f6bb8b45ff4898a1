import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { altaWorld, PROFILE, type World } from "../support/profile-fixture.ts";
import { startVms, vms } from "../support/run-vms.ts";

async function started({ env }: World, args: readonly string[]) {
  const run = startVms(["proxy", PROFILE, "--json", ...args], env);
  await run.prints(/\n/);
  const { url, token } = JSON.parse(run.stdout()) as { url: string; token: string };
  return {
    ...run,
    url,
    token,
    call: (path: string) => fetch(url + path, { headers: { authorization: `Bearer ${token}` } }),
  };
}

const entriesIn = (text: string) =>
  text.split("\n").flatMap((line) => (line.startsWith("{") ? [JSON.parse(line)] : []));

test("--log writes a line of JSON per request to standard error, without secrets", async () => {
  const run = await started(await altaWorld(), ["--log"]);
  await (await run.call("/api/v1/me?code=made-up-secret")).text();
  await fetch(`${run.url}/a%1b[31m?vms_token=made-up`);
  await expect
    .poll(() => entriesIn(run.stderr()))
    .toEqual([
      {
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        remote: "127.0.0.1",
        session: PROFILE,
        method: "GET",
        path: "/api/v1/me",
        status: 200,
        complete: true,
        bytes: expect.any(Number),
        ms: expect.any(Number),
      },
      expect.objectContaining({ path: "/a%1b[31m", status: 401, code: "no_token" }),
    ]);
  expect(run.stdout().trim().split("\n")).toHaveLength(1);
  expect(run.stderr()).not.toMatch(/made-up/);
  expect(run.stderr()).not.toContain(run.token);
});

test("--log-file appends the lines to a file of mode 0600", async () => {
  const world = await altaWorld();
  const path = join(world.home, "requests.log");
  for (let count = 1; count <= 2; count++) {
    const run = await started(world, ["--log-file", path]);
    await (await run.call("/api/v1/me")).text();
    run.signal("SIGTERM");
    expect(await run.ended).toBe(143);
    expect(entriesIn(await readFile(path, "utf8"))).toHaveLength(count);
    expect(run.stderr()).not.toMatch(/"path"/);
  }
  if (process.platform !== "win32") expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("a log file that cannot be opened is reported before anything is served", async () => {
  const world = await altaWorld();
  const file = join(world.home, "file");
  await writeFile(file, "");
  for (const [path, code] of [
    [world.home, "EISDIR"],
    [join(file, "log"), "ENOTDIR"],
  ]) {
    const run = await vms(["proxy", PROFILE, "--log-file", path ?? ""], world.env);
    expect(run).toMatchObject({ exit: 2, stdout: "" });
    expect(run.stderr).toContain(`--log-file: ${path} cannot be written (${code}).`);
  }
});
