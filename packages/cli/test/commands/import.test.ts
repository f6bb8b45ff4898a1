import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createAltaServer, createEagleEyeServer, type VendorServer } from "@vms/simulator";
import { describe, expect, it } from "vitest";
import { writeProfiles } from "../support/profile-fixture.ts";
import { environment, home as makeHome, vms } from "../support/run-vms.ts";
import { filesIn, profilesIn, served } from "../support/simulated-vendors.ts";

/** A vendor where curl has signed in, and an empty home. */
async function signedInByCurl(server: VendorServer) {
  const url = await served(server);
  const home = await makeHome();
  const jar = join(await makeHome(), "cookies.txt");
  const { username, password } = server.account;
  const curl = async (path: string, fields: Record<string, string>, ...more: string[]) => {
    const child = spawn("curl", ["--silent", "-c", jar, ...more, `${url}/${path}`], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const json = more.includes("content-type: application/json");
    child.stdin.end(json ? JSON.stringify(fields) : new URLSearchParams(fields).toString());
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk));
    await once(child, "close");
    return text;
  };
  if (server.vendor === "alta") {
    await curl(
      "api/v1/dologin",
      { username, password },
      "-H",
      "content-type: application/json",
      "-A",
      "tests",
      "-d",
      "@-",
    );
  } else {
    const { token } = JSON.parse(await curl("g/aaa/authenticate", { username, password }, "-d", "@-"));
    await curl("g/aaa/authorize", { token }, "-d", "@-");
  }
  expect(server.logins).toBe(1);
  return { server, url, home, jar, username, env: environment(home) };
}

describe("vms import", () => {
  for (const [vendor, create] of Object.entries({ alta: createAltaServer, eagleeye: createEagleEyeServer })) {
    it(`imports curl's session with ${vendor} without a login`, async () => {
      const { server, url, jar, username, env, home } = await signedInByCurl(create());
      const args = ["import", vendor, jar, "--url", url, "--username", username, "--profile", "from-curl"];
      const { exit, stdout, stderr } = await vms(args, env);
      expect({ exit, stdout }).toEqual({ exit: 0, stdout: "" });
      expect(stderr).toContain("Imported the session with");
      expect(await profilesIn(home)).toEqual({ "from-curl": { vendor, username, url } });
      const told = await vms([...args, "--json"], env);
      expect(JSON.parse(told.stdout)).toMatchObject({ profile: "from-curl", signedIn: true, newSession: false });
      expect((await vms(["api", "from-curl", server.firstCall], env)).exit).toBe(0);
      expect(server.loginAttempts).toBe(1);
    });
  }

  it("reads standard input, and takes URL and user name from the existing profile", async () => {
    const { server, url, jar, username, env, home } = await signedInByCurl(createAltaServer());
    await writeProfiles(home, { night: { vendor: "alta", username, url } });
    const run = await vms(["import", "night", "-"], env, await readFile(jar));
    expect(run.exit).toBe(0);
    expect((await vms(["api", "night", server.firstCall], env)).exit).toBe(0);
    expect(server.loginAttempts).toBe(1);
  });

  it("finds a cookie that is only for the path of the API", async () => {
    const { server, url, jar, username, env } = await signedInByCurl(createAltaServer());
    const text = await readFile(jar, "utf8");
    await writeFile(jar, text.replaceAll("\tFALSE\t/\t", "\tFALSE\t/api/v1/\t"));
    const run = await vms(["import", "alta", jar, "--url", url, "--username", username], env);
    expect({ exit: run.exit, logins: server.loginAttempts }).toEqual({ exit: 0, logins: 1 });
  });

  it("replaces the stored session", async () => {
    const { server, url, jar, username, env } = await signedInByCurl(createAltaServer());
    const args = ["import", "alta", jar, "--url", url, "--username", username];
    const withPassword = { ...env, VMS_ALTA_PASSWORD: server.account.password };
    expect((await vms(args, env)).exit).toBe(0);
    server.revokeAll();
    expect((await vms(["token", "alta"], withPassword)).exit).toBe(0);
    const again = await signedInByCurl(createAltaServer());
    expect((await vms(["import", "alta", again.jar, "--url", again.url, "-u", username, "-p", "b"], env)).exit).toBe(0);
    expect(again.server.loginAttempts).toBe(1);
  });

  it("stores nothing if the vendor rejects the session, and sends no password", async () => {
    for (const create of [createAltaServer, createEagleEyeServer]) {
      const { server, url, jar, username, env, home } = await signedInByCurl(create());
      server.revokeAll();
      const prefix = server.vendor === "alta" ? "VMS_ALTA" : "VMS_EAGLEEYE";
      const withPassword = { ...env, [`${prefix}_PASSWORD`]: server.account.password };
      const { exit, stderr } = await vms(["import", server.vendor, jar, "--url", url, "-u", username], withPassword);
      expect(exit).toBe(3);
      expect(stderr).toContain("rejects the session in the file");
      expect(stderr).toContain(`Sign in: vms login ${server.vendor}`);
      expect(server.loginAttempts).toBe(1);
      expect(await filesIn(home)).toEqual([]);
    }
  });

  it("stores nothing if the vendor's response is inconclusive", async () => {
    const { server, url, jar, username, env, home } = await signedInByCurl(createAltaServer());
    server.script({ status: 503, times: 9 });
    const { exit } = await vms(["import", "alta", jar, "--url", url, "-u", username], env);
    expect(exit).toBe(5);
    expect(await filesIn(home)).toEqual([]);
  });

  it("says what is wrong with the file without quoting it", async () => {
    const { server, url, jar, username, env } = await signedInByCurl(createAltaServer());
    server.clearRequests();
    const cookie = /va\t(\S+)/.exec(await readFile(jar, "utf8"))?.[1] ?? "";
    const { hostname } = new URL(url);
    const line = (host: string, expires: number, name = "va") =>
      [host, "FALSE", "/", "FALSE", expires, name, cookie].join("\t");
    const cases: [string, string][] = [
      ["there is no cookie va for", line("elsewhere.example", 0)],
      ["there is no cookie va for", line(hostname, 0, "other")],
      ["has expired", line(hostname, 1_000)],
      [`the cookie va in ${jar} has invalid characters`, `${line(hostname, 0)}\u001b`],
      [`the cookie va in ${jar} has invalid characters`, `${line(hostname, 0)}ä`],
      ["contains no cookies in the Netscape format", `{"va":"${cookie}"}`],
    ];
    for (const [message, text] of cases) {
      await writeFile(jar, `${text}\n`);
      const { exit, stdout, stderr } = await vms(["import", "alta", jar, "--url", url, "-u", username], env);
      expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
      expect(stderr).toContain(message);
      expect(stderr).not.toContain(cookie);
    }
    expect(server.requests).toEqual([]);
  });

  it("says what is missing", async () => {
    const env = environment(await makeHome());
    const cases: [string, string[]][] = [
      ["are not cookies: only those of alta and eagleeye", ["findface", "x"]],
      ["--url", ["alta", "x", "-u", "a"]],
      ["--username", ["alta", "x", "--url", "https://a.example"]],
      ["cannot be read (ENOENT)", ["alta", "/nonexistent", "-u", "a", "--url", "https://a.example"]],
      ["there is no vendor", ["altar", "x"]],
    ];
    for (const [message, args] of cases) {
      const { exit, stderr } = await vms(["import", ...args], env);
      expect(exit).toBe(2);
      expect(stderr).toContain(message);
    }
  });
});
