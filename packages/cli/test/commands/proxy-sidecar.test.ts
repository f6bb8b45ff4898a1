import { execFile } from "node:child_process";
import { chmod, readdir, writeFile } from "node:fs/promises";
import { get, type ServerResponse } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { createAltaServer } from "@vms/simulator";
import { expect, test } from "vitest";
import { front, PROFILE, worldOf } from "../support/profile-fixture.ts";
import { environment, home as makeHome, startVms, vms } from "../support/run-vms.ts";
import { served } from "../support/simulated-vendors.ts";

const TOKEN = "made-up-token-of-32-characters-or-more";

/** The environment of a container: an account with its password in a file, and no profile. */
async function container(more: Readonly<Record<string, string>> = {}) {
  const server = createAltaServer();
  const home = await makeHome();
  const [password, token] = [join(home, "password"), join(home, "token")];
  await writeFile(password, `${server.account.password}\n`, { mode: 0o600 });
  await writeFile(token, `${TOKEN}\n`, { mode: 0o600 });
  const env = environment(home, {
    VMS_ALTA_URL: await served(server),
    VMS_ALTA_USERNAME: server.account.username,
    VMS_ALTA_PASSWORD_FILE: password,
    VMS_PROXY_TOKEN_FILE: token,
    ...more,
  });
  return { server, home, token, env };
}

/** Starts `vms proxy --json`, and waits until it serves. */
async function started(args: readonly string[], env: Readonly<Record<string, string>>) {
  const run = startVms(["proxy", "--json", ...args], env);
  await run.prints(/\n/);
  const { url } = JSON.parse(run.stdout()) as { url: string };
  const call = (path: string) => fetch(url + path, { headers: { authorization: `Bearer ${TOKEN}` } });
  return { ...run, url, call };
}

test("--vendor serves the account of the environment, writes nothing, and signs out at the end", async () => {
  const { server, home, env } = await container();
  const before = await readdir(home);
  const run = await started(["--vendor", "alta"], env);
  expect((await run.call("/api/v1/me")).status).toBe(200);
  expect((await run.call("/ready")).status).toBe(200);
  expect([server.logins, server.sessions]).toEqual([1, 1]);
  run.signal("SIGTERM");
  expect(await run.ended).toBe(143);
  expect(server.sessions).toBe(0);
  expect(await readdir(home)).toEqual(before);
});

test("the token in a file is accepted and never printed", async () => {
  const { home, token, env } = await container();
  for (const args of [[], ["--token-file", token]]) {
    const run = await started(["--vendor", "alta", ...args], env);
    expect((await run.call("/api/v1/me")).status).toBe(200);
    expect(JSON.parse(run.stdout())).toEqual({ url: run.url });
  }
  const run = startVms(["proxy", "--vendor", "alta"], env);
  await run.prints(/\n\n$/);
  expect(run.stdout()).toContain(`Authorization: Bearer <the token in ${token}>`);
  expect(run.stdout() + run.stderr()).not.toContain(TOKEN);
  const commands = run.stdout().match(/^ {2}(?:\(umask|curl) .*$/gm) ?? [];
  const shell = promisify(execFile)("sh", ["-c", commands.join("\n")], { cwd: home });
  expect(JSON.parse((await shell).stdout)).toHaveLength(3);
});

test("an invalid token file is reported with its source and without its content", async () => {
  const { home, env } = await container();
  const file = join(home, "bad");
  const problems: [string, number, RegExp][] = [
    ["short", 0o600, /the token in .*bad has 5 characters/],
    [`${TOKEN} with spaces`, 0o600, /contains characters that a header cannot carry/],
    [TOKEN, 0o644, /other than its owner can read or write[\s\S]*Change the secret if it was real/],
    ["", 0o600, /has 0 characters/],
  ];
  for (const [content, mode, message] of problems) {
    await writeFile(file, content);
    await chmod(file, mode);
    for (const source of ["--token-file", "VMS_PROXY_TOKEN_FILE"]) {
      const args = source === "--token-file" ? [source, file] : [];
      const run = await vms(["proxy", "--vendor", "alta", ...args], { ...env, VMS_PROXY_TOKEN_FILE: file });
      expect(run).toMatchObject({ exit: 2, stdout: "" });
      expect(run.stderr).toMatch(message);
      expect(run.stderr).toContain(`vms: ${source}: `);
      expect(run.stderr).not.toContain("made-up");
    }
  }
  const missing = await vms(["proxy", "--vendor", "alta", "--token-file", join(home, "none")], env);
  expect(missing).toMatchObject({ exit: 2, stderr: expect.stringMatching(/there is no file/) });
});

test("--vendor names all variables that are missing", async () => {
  const env = environment(await makeHome());
  const run = await vms(["proxy", "--vendor", "alta"], env);
  expect(run).toEqual({
    exit: 2,
    stdout: "",
    stderr:
      "vms: --vendor alta reads the account of Avigilon Alta Video from the environment.\n" +
      "Set VMS_ALTA_URL, VMS_ALTA_USERNAME, VMS_ALTA_PASSWORD_FILE (or VMS_ALTA_PASSWORD).\n",
  });
  const given = { VMS_ALTA_USERNAME: "ops", VMS_ALTA_PASSWORD: "made-up" };
  const wrong = await vms(["proxy", "--vendor", "alta"], { ...env, ...given, VMS_ALTA_URL: "ftp://acme.example" });
  expect(wrong).toMatchObject({ exit: 2, stderr: expect.stringMatching(/^vms: VMS_ALTA_URL: the URL /) });
});

test("--vendor passes on --option and --allow-http", async () => {
  const { env } = await container();
  const http = { ...env, VMS_ALTA_URL: "http://vms.invalid" };
  const refused = await vms(["proxy", "--vendor", "alta"], http);
  expect(refused).toMatchObject({ exit: 2, stderr: expect.stringMatching(/https/) });
  const run = await started(["--vendor", "alta", "--allow-http", "--option", "timeout=1s"], http);
  expect((await fetch(`${run.url}/ready`)).status).toBe(503);
  const bad = await vms(["proxy", "--vendor", "alta", "--option", "timeout"], env);
  expect(bad).toMatchObject({ exit: 2, stderr: expect.stringMatching(/must be key=value/) });
});

test("--allow-host accepts the name of a service", async () => {
  const { env } = await container();
  const run = await started(
    ["--vendor", "alta", "--allow-host", "vms-proxy", "--allow-host", "vms-proxy.acme.svc"],
    env,
  );
  const { port } = new URL(run.url);
  const statusAt = (host: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { host, authorization: `Bearer ${TOKEN}` };
      get({ port, path: "/api/v1/me", headers, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      }).on("error", reject);
    });
  expect(await statusAt(`vms-proxy:${port}`)).toBe(200);
  expect(await statusAt("vms-proxy.acme.svc")).toBe(200);
  expect(await statusAt(`other:${port}`)).toBe(403);
});

test("after SIGTERM a response in progress finishes, and the exit status is 143", async () => {
  const arrived = Promise.withResolvers<ServerResponse>();
  const world = await worldOf(createAltaServer(), {}, front({ "/slow": (_, response) => arrived.resolve(response) }));
  const token = join(world.home, "token");
  await writeFile(token, TOKEN, { mode: 0o600 });
  const run = await started([PROFILE, "--token-file", token], world.env);
  const answer = run.call("/slow");
  const vendor = await arrived.promise;
  run.signal("SIGTERM");
  await expect.poll(async () => (await fetch(`${run.url}/ready`)).status).toBe(503);
  vendor.end("complete");
  expect(await (await answer).text()).toBe("complete");
  expect(await run.ended).toBe(143);
});

test("Ctrl-C ends a response in progress immediately", async () => {
  const arrived = Promise.withResolvers<void>();
  const world = await worldOf(createAltaServer(), {}, front({ "/slow": () => arrived.resolve() }));
  const token = join(world.home, "token");
  await writeFile(token, TOKEN, { mode: 0o600 });
  const run = await started([PROFILE, "--token-file", token], world.env);
  const cut = expect(run.call("/slow")).rejects.toThrow();
  await arrived.promise;
  run.signal("SIGINT");
  expect(await run.ended).toBe(130);
  await cut;
});
