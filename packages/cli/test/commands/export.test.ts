import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createAlertSiteServer, createAltaServer, createEagleEyeServer, createFindFaceServer } from "@vms/simulator";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Credential } from "../../src/credentials/credential.ts";
import { credentialFormats } from "../../src/credentials/credential-formats.ts";
import { PROFILE, worldOf } from "../support/profile-fixture.ts";
import { home } from "../support/run-vms.ts";

/** Runs a program with a text on its standard input. */
async function tool(program: string, args: readonly string[], input = ""): Promise<string> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => (text += chunk));
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  await once(child, "close");
  return text;
}

/** A server that records its requests. */
async function listener(): Promise<{
  url: string;
  seen: { url?: string | undefined; headers: IncomingHttpHeaders }[];
}> {
  const seen: { url?: string | undefined; headers: IncomingHttpHeaders }[] = [];
  const server = createServer(({ url, headers }, response) => {
    seen.push({ url, headers });
    response.end("seen");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** A credential with every character that is special in one of the formats. */
const NASTY = ['a"b', "c'd$e`f`#g%h=i&j!k", ""].join("\\");
const credential: Credential = {
  profile: PROFILE,
  vendor: "alta",
  account: "somebody@acme.example",
  url: "https://acme.example/base/",
  userAgent: "vms-cli-alta",
  expiresAt: Date.UTC(2030, 0, 1),
  headers: { authorization: `Token ${NASTY}`, cookie: `va=${NASTY}` },
  searchParams: { A: NASTY },
  cookies: { va: NASTY },
};
const formatted = (format: string) => credentialFormats[format]?.(credential) ?? "";

describe("a credential with special characters", () => {
  it("survives curl's config file in headers and in the query", async () => {
    const { url, seen } = await listener();
    expect(await tool("curl", ["--silent", "--config", "-", `${url}/x?y=1`], formatted("curl"))).toBe("seen");
    const [call] = seen;
    expect(call?.headers).toMatchObject({
      authorization: `Token ${NASTY}`,
      cookie: `va=${NASTY}`,
      "user-agent": "vms-cli-alta",
    });
    expect(new URL(call?.url ?? "", url).searchParams.get("A")).toBe(NASTY);
  });

  it("survives a file of headers", async () => {
    const { url, seen } = await listener();
    const file = join(await home(), "headers");
    await writeFile(file, formatted("header"));
    await tool("curl", ["--silent", "--header", `@${file}`, url]);
    expect(seen[0]?.headers).toMatchObject({ authorization: `Token ${NASTY}`, cookie: `va=${NASTY}` });
  });

  it("survives a shell's eval", async () => {
    const script = `eval "$(cat)"; printf '%s\\n' "$VMS_URL" "$VMS_AUTHORIZATION" "$VMS_HEADER_COOKIE" "$VMS_COOKIE" "$VMS_TOKEN"; env | grep -c ^VMS_QUERY=`;
    const text = await tool("sh", ["-c", script], formatted("env"));
    const expected = [credential.url, `Token ${NASTY}`, `va=${NASTY}`, `va=${NASTY}`, NASTY, "1"];
    expect(text).toBe(expected.map((line) => `${line}\n`).join(""));
  });

  it("is a Postman environment with its secrets marked", () => {
    const { name, values, _postman_variable_scope: scope } = JSON.parse(formatted("postman"));
    expect({ name, scope }).toEqual({ name: "vms acme", scope: "environment" });
    expect(values).toContainEqual({
      key: "baseUrl",
      value: "https://acme.example/base",
      type: "default",
      enabled: true,
    });
    expect(values).toContainEqual({ key: "authorization", value: `Token ${NASTY}`, type: "secret", enabled: true });
    expect(values).toContainEqual({ key: "A", value: NASTY, type: "secret", enabled: true });
  });

  it("is JSON", () => {
    const { headers, searchParams, cookies, profile, vendor, account, url } = credential;
    const expiresAt = "2030-01-01T00:00:00.000Z";
    expect(JSON.parse(formatted("json"))).toEqual({
      headers,
      searchParams,
      cookies,
      profile,
      vendor,
      account,
      url,
      expiresAt,
    });
  });
});

describe("vms export", () => {
  it("signs in curl with its config file, with headers and with a cookie file", async () => {
    const { server, url, run, home } = await worldOf(createAltaServer({ rejectDefaultUserAgents: true }));
    const exported = async (format: string) => {
      const { exit, stdout, stderr } = await run(["export", PROFILE, "--format", format]);
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
      return stdout;
    };
    const zones = `${url}/${server.firstCall}`;
    expect(await tool("curl", ["--silent", "-K", "-", zones], await exported("curl"))).toContain("Loading dock");
    const agent = ["--user-agent", "vms-cli-alta"];
    const jar = join(home, "jar.txt");
    await writeFile(jar, await exported("cookies.txt"));
    expect(await tool("curl", ["--silent", ...agent, "-b", jar, zones])).toContain("Loading dock");
    const headers = join(home, "headers.txt");
    await writeFile(headers, await exported("header"));
    expect(await tool("curl", ["--silent", ...agent, "-H", `@${headers}`, zones])).toContain("Loading dock");
    expect(server.loginAttempts).toBe(1);
  });

  it("puts a query credential into the query, and reports a format without a query", async () => {
    const { server, url, run } = await worldOf(createEagleEyeServer(), { options: { transport: "query" } });
    const { stdout } = await run(["export", PROFILE, "--format", "curl"]);
    expect(await tool("curl", ["--silent", "-K", "-", `${url}/${server.firstCall}`], stdout)).toMatch(/^\[/);
    const header = await run(["export", PROFILE, "--format", "header"]);
    expect(header).toMatchObject({ exit: 2, stdout: "" });
    expect(header.stderr).toContain("goes into the query (A)");
  });

  it("rejects cookies.txt if the credential is not a cookie", async () => {
    for (const server of [createFindFaceServer(), createAlertSiteServer()]) {
      const { run } = await worldOf(server);
      const { exit, stdout, stderr } = await run(["export", PROFILE, "--format", "cookies.txt"]);
      expect({ exit, stdout }).toEqual({ exit: 2, stdout: "" });
      expect(stderr).toContain("is not a cookie");
    }
  });

  it("prints headers by default, and lists the formats if the given one is unknown", async () => {
    const { run } = await worldOf(createAltaServer());
    expect(await run(["export", PROFILE])).toEqual(await run(["export", PROFILE, "--format", "header"]));
    const { exit, stderr } = await run(["export", PROFILE, "--format", "xml"]);
    expect(exit).toBe(2);
    expect(stderr).toContain("header, curl, cookies.txt, env, postman, json");
  });
});
