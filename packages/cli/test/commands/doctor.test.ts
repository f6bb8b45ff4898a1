import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { join } from "node:path";
import { type AltaOptions, createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { generate } from "selfsigned";
import { expect, onTestFinished, test } from "vitest";
import { homeWith, type TestProfile } from "../proxy/running.ts";
import { environment, home, type Run, vms, vmsProcess } from "../support/run-vms.ts";

const PASSWORD = "canary-of-a-password";
const account = { username: "integration@acme.example", password: PASSWORD };

interface Report {
  readonly ok: boolean;
  readonly exit: number;
  readonly url: string;
  readonly steps: readonly { name: string; state: string; ms: number; text: string; hint: string | null }[];
}

/** Runs `vms doctor` for people and with --json. Both must agree. */
async function doctor(
  profile: Partial<TestProfile> & { readonly url: string },
  env: Readonly<Record<string, string>> = { VMS_ALTA_PASSWORD: PASSWORD },
  path?: string,
  run = vms,
): Promise<Run & { readonly report: Report; readonly text: string }> {
  const where = path ?? (await homeWith({ vendor: "alta", username: account.username, ...profile }));
  const json = await run(["doctor", "made", "--json"], environment(where, env));
  const shown = await run(["doctor", "made"], environment(where, env));
  expect(shown.exit).toBe(json.exit);
  expect(json.stderr + shown.stderr).toBe("");
  expect(json.stdout + shown.stdout).not.toContain("canary");
  const report = JSON.parse(json.stdout) as Report;
  expect(report).toMatchObject({ profile: "made", vendor: "alta", exit: json.exit, ok: json.exit === 0 });
  for (const { name, ms, text } of report.steps) {
    expect(text).toMatch(/[.?]$/);
    expect(shown.stdout).toMatch(new RegExp(`^(ok|note|warn|FAIL) +${name} `, "m"));
    expect(ms).toBeGreaterThanOrEqual(0);
  }
  return { ...json, report, text: shown.stdout };
}

const namesOf = ({ steps }: Report) => steps.map(({ name, state }) => `${name} ${state}`);

async function simulated(options: AltaOptions = {}) {
  const server = createAltaServer({ account, ...options });
  const { baseUrl, close } = await serve(server);
  onTestFinished(close);
  return { server, baseUrl };
}

async function listening<T extends Server>(server: T): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Starts a TLS server with a certificate for 127.0.0.1, self-signed or signed by a CA. */
async function withCertificate(options: Parameters<typeof generate>[1] = {}, name = "127.0.0.1") {
  const altNames = name === "127.0.0.1" ? [{ type: 7 as const, ip: name }] : [{ type: 2 as const, value: name }];
  const pair = await generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [{ name: "subjectAltName", altNames }],
    ...options,
  });
  const behind = createAltaServer({ account });
  const served = await serve(behind);
  onTestFinished(served.close);
  const server = createTlsServer({ cert: pair.cert, key: pair.private }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "", headers, url } = request;
    const { host: _, connection: __, ...rest } = headers as Record<string, string>;
    const body = chunks.length === 0 ? null : Buffer.concat(chunks);
    const answer = await fetch(served.baseUrl + url, { method, headers: rest, body });
    response.writeHead(answer.status, [...answer.headers].flat()).end(Buffer.from(await answer.arrayBuffer()));
  });
  return { pair, url: `https://${await listening(server)}`, behind };
}

test("a working profile passes every step, without a prompt for the password", async () => {
  const { server, baseUrl } = await simulated();
  const { exit, report, text } = await doctor({ url: baseUrl });
  expect(exit).toBe(0);
  expect(namesOf(report)).toEqual(["DNS ok", "TCP ok", "clock ok", "login ok", "call ok"]);
  expect(report.steps[3]?.text).toMatch(/^signed in as integration@acme\.example/);
  // The second run used the session of the first.
  expect(text).toMatch(/login .* resumed the session of \d{4}-.*, as /);
  expect(text).toMatch(/\nEverything works\.\n$/);
  expect(server.logins).toBe(1);
});

test("a stored session that the vendor has ended is noticed at the first call, and renewed", async () => {
  const { server, baseUrl } = await simulated();
  const path = await homeWith({ vendor: "alta", username: account.username, url: baseUrl });
  await doctor({ url: baseUrl }, undefined, path);
  server.revokeAll();
  const { report } = await doctor({ url: baseUrl }, undefined, path);
  expect(report.ok).toBe(true);
  expect(report.steps.at(-1)?.text).toMatch(
    /accepts calls, after a new sign-in: the vendor had ended the session \(GET \S+: 200\)\.$/,
  );
});

test("an unknown host stops at DNS", async () => {
  const { exit, report } = await doctor({ url: "https://no-such-host.invalid" });
  expect(exit).toBe(5);
  expect(namesOf(report)).toEqual(["DNS failed"]);
  expect(report.steps[0]?.text).toMatch(/no-such-host\.invalid/);
  expect(report.steps[0]?.hint).toMatch(/VPN/);
});

test("a closed port stops at TCP", async () => {
  const server = createServer();
  const where = await listening(server);
  server.close();
  await once(server, "close");
  const { exit, report } = await doctor({ url: `http://${where}` });
  expect(exit).toBe(5);
  expect(namesOf(report)).toEqual(["DNS ok", "TCP failed"]);
  expect(report.steps[1]?.text).toMatch(/nothing listens .*ECONNREFUSED/);
});

test("a server without TLS stops at TLS", async () => {
  const { baseUrl } = await simulated();
  const { exit, report } = await doctor({ url: baseUrl.replace("http:", "https:") });
  expect(exit).toBe(5);
  expect(namesOf(report)).toEqual(["DNS ok", "TCP ok", "TLS failed"]);
  expect(report.steps[2]?.text).toMatch(/TLS handshake with .* failed/);
});

test("a self-signed certificate stops at TLS before a password is sent, and the hint says how to trust it", async () => {
  const { url, behind } = await withCertificate();
  const { exit, report } = await doctor({ url });
  expect(exit).toBe(5);
  expect(namesOf(report)).toEqual(["DNS ok", "TCP ok", "TLS failed"]);
  expect(report.steps[2]?.text).toMatch(/self-signed \(DEPTH_ZERO_SELF_SIGNED_CERT\).*127\.0\.0\.1/);
  expect(report.steps[2]?.hint).toMatch(/--ca <file>/);
  expect(behind.requests).toEqual([]);
});

test("the same certificate passes if the profile trusts it, and its expiry is reported", async () => {
  const { url, pair } = await withCertificate();
  const ca = join(await home(), "ca.pem");
  await writeFile(ca, pair.cert);
  const { exit, report } = await doctor({ url, ca });
  expect(exit).toBe(0);
  expect(namesOf(report)).toEqual(["DNS ok", "TCP ok", "TLS ok", "clock ok", "login ok", "call ok"]);
  expect(report.steps[2]?.text).toMatch(
    /^TLSv1\.3, certificate of 127\.0\.0\.1, valid until \d{4}-\d\d-\d\d \d\d:\d\d \(\d+ days\)\.$/,
  );
});

test("a certificate of a private CA shows its chain, and another CA does not help", async () => {
  const name = [{ name: "commonName", value: "Acme Plant CA" }];
  const extensions = [{ name: "basicConstraints" as const, cA: true, critical: true }];
  const ca = await generate(name, { keyType: "ec", algorithm: "sha256", extensions });
  const { url } = await withCertificate({ ca: { key: ca.private, cert: ca.cert } });
  const untrusted = await doctor({ url });
  expect(untrusted.report.steps[2]?.text).toMatch(/from a CA that is not trusted here .*127\.0\.0\.1 ← Acme Plant CA/);
  const file = join(await home(), "ca.pem");
  await writeFile(file, ca.cert);
  expect((await doctor({ url, ca: file })).exit).toBe(0);
  const other = await generate(name, { keyType: "ec", algorithm: "sha256", extensions });
  await writeFile(file, other.cert);
  const wrong = await doctor({ url, ca: file });
  expect(wrong.exit).toBe(5);
  expect(wrong.report.steps[2]?.hint).toContain(file);
});

test("an expired certificate and one that expires soon are distinguished", async () => {
  const day = 86_400_000;
  const from = new Date(Date.now() - 30 * day);
  const file = join(await home(), "ca.pem");
  const expired = await withCertificate({ notBeforeDate: from, notAfterDate: new Date(Date.now() - day) });
  await writeFile(file, expired.pair.cert);
  const over = await doctor({ url: expired.url, ca: file });
  expect(over.exit).toBe(5);
  expect(namesOf(over.report)).toEqual(["DNS ok", "TCP ok", "TLS failed"]);
  expect(over.report.steps[2]?.text).toMatch(/has expired \(CERT_HAS_EXPIRED\)/);
  expect(over.report.steps[2]?.hint).toMatch(/must renew it.*clock/);

  const ending = await withCertificate({ notBeforeDate: from, notAfterDate: new Date(Date.now() + 3.5 * day) });
  await writeFile(file, ending.pair.cert);
  const soon = await doctor({ url: ending.url, ca: file });
  expect(soon.exit).toBe(0);
  expect(soon.report.steps[2]).toMatchObject({ state: "warning", text: expect.stringMatching(/3 days left/) });

  const later = await withCertificate({
    notBeforeDate: new Date(Date.now() + day),
    notAfterDate: new Date(Date.now() + 9 * day),
  });
  await writeFile(file, later.pair.cert);
  expect((await doctor({ url: later.url, ca: file })).report.steps[2]?.text).toMatch(/CERT_NOT_YET_VALID/);
});

test("a certificate for another name stops at TLS", async () => {
  const { url, pair } = await withCertificate({}, "other.example");
  const ca = join(await home(), "ca.pem");
  await writeFile(ca, pair.cert);
  const { exit, report } = await doctor({ url, ca });
  expect(exit).toBe(5);
  expect(report.steps[2]?.text).toMatch(/not for 127\.0\.0\.1, but for DNS:other\.example/);
});

test("the text of a certificate cannot control the terminal", async () => {
  const { url } = await withCertificate({}, "evil\u001b[2J\u009b.example");
  const { text } = await doctor({ url });
  expect(text).toMatch(/certificate of\s+evil\?\[2J\?\.example/);
  expect(text).not.toContain("\u001b");
});

test.each([
  ["ahead of", 600_000],
  ["behind", -600_000],
])("a vendor's clock 10 minutes %s this machine's is reported, and the steps continue", async (words, dateHeader) => {
  const { baseUrl } = await simulated({ dateHeader });
  const { exit, report, text } = await doctor({ url: baseUrl });
  expect(exit).toBe(1);
  expect(namesOf(report)).toEqual(["DNS ok", "TCP ok", "clock failed", "login ok", "call ok"]);
  // The vendor reports whole seconds, and a busy machine takes some.
  expect(report.steps[2]?.text).toMatch(new RegExp(`clock is (9|10) min ${words} this machine's`));
  expect(report.steps[2]?.hint).toMatch(/NTP/);
  expect(text).toMatch(/\nCalls work\.\n$/);
});

test("a vendor that does not report its time is not a failure", async () => {
  const { baseUrl } = await simulated({ dateHeader: false });
  const { exit, report } = await doctor({ url: baseUrl });
  expect(exit).toBe(0);
  expect(report.steps[2]).toMatchObject({ name: "clock", state: "note" });
});

test("a server that does not speak HTTP stops at the clock", async () => {
  const server = createServer((socket) => void socket.on("error", () => {}).end("220 mail.example ESMTP\r\n"));
  const { exit, report } = await doctor({ url: `http://${await listening(server)}` });
  expect(exit).toBe(5);
  expect(namesOf(report)).toEqual(["DNS ok", "TCP ok", "clock failed"]);
});

test("a wrong password stops at the login after one attempt", async () => {
  const { server, baseUrl } = await simulated();
  const { exit, report } = await doctor({ url: baseUrl }, { VMS_ALTA_PASSWORD: "canary-wrong" });
  expect(exit).toBe(3);
  expect(namesOf(report)).toEqual(["DNS ok", "TCP ok", "clock ok", "login failed"]);
  expect(report.steps.at(-1)?.hint).toMatch(/VMS_ALTA_PASSWORD.* sign in: vms login alta --profile made$/);
  // The second run finds the refusal in the store.
  expect(server.loginAttempts).toBe(1);
});

test("a missing password stops at the login, and the hint is the command to sign in", async () => {
  const { server, baseUrl } = await simulated();
  const { exit, report } = await doctor({ url: baseUrl }, {});
  expect(exit).toBe(3);
  expect(report.steps.at(-1)).toMatchObject({
    name: "login",
    state: "failed",
    hint: "Sign in: vms login alta --profile made",
  });
  expect(server.loginAttempts).toBe(0);
});

test("the hint for a vendor that closes the connection at the login does not recommend vms doctor", async () => {
  const server = createHttpServer((request, response) => {
    if (request.method === "HEAD") response.end();
    else request.socket.destroy();
  });
  const { exit, report } = await doctor({ url: `http://${await listening(server)}` });
  expect(exit).toBe(5);
  expect(namesOf(report).at(-1)).toBe("login failed");
  expect(report.steps.at(-1)?.hint).toContain("status page");
});

test("a vendor that fails at the login stops at the login", async () => {
  const { server, baseUrl } = await simulated();
  server.script({ status: 503, times: 100, when: ({ path }) => path.endsWith("/dologin") });
  const { exit, report } = await doctor({ url: baseUrl });
  expect(exit).toBe(5);
  expect(namesOf(report).at(-1)).toBe("login failed");
  expect(report.steps.at(-1)?.text).toMatch(/503/);
});

test.each([
  [500, 5],
  [503, 5],
  [429, 5],
  [403, 4],
  [404, 4],
  [401, 3],
])("a first call with status %i is reported with a hint", async (status, exit) => {
  const { server, baseUrl } = await simulated();
  server.script({ status, times: 100, when: ({ path }) => path.endsWith("/alarmZones") });
  const call = await doctor({ url: baseUrl });
  expect(call.exit).toBe(exit);
  expect(namesOf(call.report).at(-1)).toBe("call failed");
  expect(call.report.steps.at(-1)?.text).toContain(String(status));
  expect(call.report.steps.at(-1)?.hint).toBeTruthy();
});

test("the environment's proxy is reported without its password, and with whether it is used", async () => {
  const { baseUrl } = await simulated();
  const env = { VMS_ALTA_PASSWORD: PASSWORD, HTTP_PROXY: "http://user:canary@proxy.example:3128" };
  const unused = await doctor({ url: baseUrl }, env);
  expect(unused.exit).toBe(0);
  expect(unused.report.steps[0]).toMatchObject({ name: "proxy", state: "note" });
  expect(unused.report.steps[0]?.text).toMatch(/HTTP_PROXY \(proxy\.example:3128\) is not used.*NODE_USE_ENV_PROXY=1/);
  const excluded = await doctor({ url: baseUrl }, { ...env, NO_PROXY: "other.example, 127.0.0.1" });
  expect(namesOf(excluded.report)[0]).toBe("DNS ok");

  // A proxy that forwards plain requests and opens tunnels.
  const passed: string[] = [];
  const proxy = createHttpServer();
  proxy.on("connect", (request, socket) => {
    passed.push(request.url ?? "");
    const [host = "", port] = (request.url ?? "").split(":");
    const upstream = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    for (const one of [socket, upstream]) one.on("error", () => {});
  });
  proxy.on("request", async (request, response) => {
    passed.push(request.url ?? "");
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { host: _, connection: __, "proxy-connection": ___, ...headers } = request.headers as Record<string, string>;
    const body = chunks.length === 0 ? null : Buffer.concat(chunks);
    const answer = await fetch(request.url ?? "", { method: request.method ?? "", headers, body });
    response.writeHead(answer.status, [...answer.headers].flat()).end(Buffer.from(await answer.arrayBuffer()));
  });
  const where = await listening(proxy);
  const used = await doctor(
    { url: baseUrl },
    { VMS_ALTA_PASSWORD: PASSWORD, HTTP_PROXY: `http://${where}`, NODE_USE_ENV_PROXY: "1" },
    undefined,
    vmsProcess,
  );
  expect(used.exit).toBe(0);
  expect(used.report.steps[0]?.text).toBe(`calls go through the proxy in HTTP_PROXY, ${where}.`);
  expect(used.report.steps[2]?.text).toContain(where);
  expect(passed.length).toBeGreaterThan(2);
});

test("an unknown profile is a usage error", async () => {
  const run = await vms(
    ["doctor", "other"],
    environment(await homeWith({ vendor: "alta", username: "x", url: "http://127.0.0.1:9" })),
  );
  expect(run).toMatchObject({ exit: 2, stdout: "" });
  expect(run.stderr).toMatch(/there is no profile "other"/);
});

test("vms help doctor lists every exit status", async () => {
  const run = await vms(["help", "doctor"], environment(await home()));
  expect(run).toMatchObject({ exit: 0, stderr: "" });
  expect(run.stdout).toMatch(/Exit status: 0[\s\S]*Examples:/);
});

test("the command in the hint corrects the URL, even of a profile named like its vendor", async () => {
  const { baseUrl } = await simulated();
  const dir = await home();
  const env = environment(dir, { VMS_ALTA_PASSWORD: PASSWORD });
  const gone = { vendor: "alta", username: account.username, url: "http://127.0.0.1:1" };
  await writeFile(join(dir, "config.json"), JSON.stringify({ profiles: { alta: gone } }), { mode: 0o600 });
  const { stdout } = await vms(["doctor", "alta"], env);
  const [, args = ""] = /To correct the URL:\s+vms (login .*--url) …/.exec(stdout) ?? [];
  expect(args).toBe("login alta --profile alta --url");
  expect(await vms([...args.split(" "), baseUrl], env)).toMatchObject({ exit: 0 });
  expect((await vms(["doctor", "alta"], env)).exit).toBe(0);
});
