import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAltaServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";
import { freePort } from "@vms-tooling/testing/free-port";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { parse } from "yaml";
import { ROOT } from "../src/pages.ts";
import { placePage } from "./place-page.ts";

const PAGE = "docs/guides/sidecar.md";
const VMS = join(ROOT, "packages/cli/dist/bin.cjs");
const TOKEN = "made-up-token-of-32-characters-or-more";
/** The port of the page. */
const PORT = "8080";

/** The fields of compose.yaml that the tests read. */
interface Compose {
  readonly services: {
    readonly app: Service;
    readonly "vms-proxy": Service & {
      readonly command: readonly string[];
      readonly healthcheck: { readonly test: readonly string[] };
    };
  };
  readonly secrets: Readonly<Record<string, unknown>>;
}

interface Service {
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

/** The fields of deployment.yaml that the tests read. */
interface Deployment {
  readonly spec: { readonly template: { readonly spec: { readonly initContainers: readonly Sidecar[] } } };
}

interface Sidecar {
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly readinessProbe: { readonly httpGet: { readonly path: string; readonly port: number } };
  readonly volumeMounts: readonly { readonly mountPath: string; readonly readOnly: boolean }[];
}

/** The fields of prometheus.yaml that the tests read. */
interface Prometheus {
  readonly scrape_configs: readonly {
    readonly authorization: { readonly credentials_file: string };
    readonly static_configs: readonly { readonly targets: readonly string[] }[];
  }[];
}

let blocks: Readonly<Record<string, string>>;

beforeAll(async () => {
  const text = await readFile(join(ROOT, PAGE), "utf8");
  const found = [...text.matchAll(/^```yaml\n# ([\w.]+)\n([\s\S]*?)^```$/gm)];
  blocks = Object.fromEntries(found.map(([, name = "", yaml = ""]) => [name, yaml]));
});

const block = (name: string): unknown => parse(blocks[name] ?? "");
const compose = () => block("compose.yaml") as Compose;
const at = (port: string, words: readonly string[]) => words.map((word) => word.replace(PORT, port));

/** A vendor, and the secrets of the page as files. */
async function world() {
  const server = createAltaServer();
  const { baseUrl, close } = await serve(server);
  onTestFinished(close);
  const folder = await mkdtemp(join(tmpdir(), "vms-sidecar-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "alta_password"), `${server.account.password}\n`, { mode: 0o600 });
  await writeFile(join(folder, "proxy_token"), `${TOKEN}\n`, { mode: 0o600 });
  const port = String(await freePort());
  /** The environment of a container, with this vendor and these files instead of the page's values. */
  const placed = (env: Readonly<Record<string, string>>) => ({
    ...Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name, value.replace(/^\/(run\/secrets|etc\/vms)(?=\/)/, folder)]),
    ),
    VMS_ALTA_URL: baseUrl,
    VMS_ALTA_USERNAME: server.account.username,
  });
  return { server, port, placed };
}

/** Starts a program, and stops it after the test. */
function start(args: readonly string[], env: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH ?? "", NO_COLOR: "1", ...env } });
  const exited = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return { child, output: () => output, exited };
}

/** Waits until a probe of the page succeeds. */
async function untilReady(port: string, path: string): Promise<void> {
  const probe = () =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(probe, { timeout: 30_000 }).toBe(200);
}

async function ends({ child, exited }: { child: ChildProcess; exited: Promise<unknown[]> }): Promise<unknown> {
  child.kill("SIGTERM");
  return (await exited)[0];
}

/** The status of a call with a host name of the page. */
function statusAt(port: string, host: string, path: string): Promise<number | undefined> {
  const headers = { host, authorization: `Bearer ${TOKEN}` };
  return new Promise((resolve, reject) => {
    get({ port, path, headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on("error", reject);
  });
}

describe("Compose", () => {
  test("the service signs in, is healthy, serves its name, and stops on SIGTERM", async () => {
    const { command, environment, healthcheck } = compose().services["vms-proxy"];
    const { server, port, placed } = await world();
    const run = start([VMS, ...at(port, command)], placed(environment));
    await untilReady(port, "/ready");
    const [kind, program, ...words] = healthcheck.test;
    expect([kind, program]).toEqual(["CMD", "node"]);
    const health = start(at(port, words), {});
    expect((await health.exited)[0]).toBe(0);
    const { host } = new URL(compose().services.app.environment.VMS_API ?? "");
    expect(await statusAt(port, host, "/api/v1/alarmZones")).toBe(200);
    expect(await ends(run)).toBe(143);
    expect([server.logins, server.sessions]).toEqual([1, 0]);
    expect(run.output()).toContain('"path":"/api/v1/alarmZones","status":200');
    for (const secret of [TOKEN, server.account.password]) expect(run.output()).not.toContain(secret);
    const unhealthy = start(at(port, words), {});
    expect((await unhealthy.exited)[0]).toBe(1);
  });

  test("each secret that a service references exists", () => {
    const { services, secrets } = compose();
    for (const service of Object.values(services)) {
      expect(Object.keys(secrets)).toEqual(expect.arrayContaining([...service.secrets]));
      const files = Object.values(service.environment).filter((value) => value.startsWith("/run/secrets/"));
      expect(files).toEqual(service.secrets.map((name) => `/run/secrets/${name}`));
    }
  });

  test("Prometheus reaches the metrics with its target and its token", async () => {
    const [job] = (block("prometheus.yaml") as Prometheus).scrape_configs;
    const { command, environment } = compose().services["vms-proxy"];
    expect(job?.authorization.credentials_file).toBe(environment.VMS_PROXY_TOKEN_FILE);
    const { port, placed } = await world();
    start([VMS, ...at(port, command)], placed(environment));
    await untilReady(port, "/ready");
    const target = job?.static_configs[0]?.targets[0] ?? "";
    expect(await statusAt(port, target, "/metrics")).toBe(200);
    const headers = { authorization: `Bearer ${TOKEN}` };
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`, { headers })).text();
    const { groups } = block("alarms.yaml") as { groups: { rules: { expr: string }[] }[] };
    const used = groups.flatMap(({ rules }) => rules.flatMap(({ expr }) => expr.match(/vms_proxy_\w+/g) ?? []));
    expect(used).toHaveLength(2);
    for (const name of used) expect(metrics).toContain(`# TYPE ${name} `);
  });
});

test("the Kubernetes sidecar passes its probe, also at the address of the pod, and stops on SIGTERM", async () => {
  const [sidecar] = (block("deployment.yaml") as Deployment).spec.template.spec.initContainers;
  if (sidecar === undefined) throw new Error("The page has no sidecar.");
  const env = Object.fromEntries(sidecar.env.map(({ name, value }) => [name, value]));
  for (const name of ["VMS_ALTA_PASSWORD_FILE", "VMS_PROXY_TOKEN_FILE"]) {
    expect(
      sidecar.volumeMounts.some(({ mountPath, readOnly }) => readOnly && env[name]?.startsWith(`${mountPath}/`)),
    ).toBe(true);
  }
  const { path, port: probed } = sidecar.readinessProbe.httpGet;
  expect(String(probed)).toBe(PORT);
  const { server, port, placed } = await world();
  const run = start([VMS, ...at(port, sidecar.args)], placed(env));
  await untilReady(port, path);
  expect(await statusAt(port, `10.1.2.3:${port}`, path)).toBe(200);
  expect(await ends(run)).toBe(143);
  expect([server.logins, server.sessions]).toEqual([1, 0]);
});

test("the program without the command line works the same way", async () => {
  const { server, port, placed } = await world();
  const files = {
    VMS_ALTA_PASSWORD_FILE: "/run/secrets/alta_password",
    VMS_PROXY_TOKEN_FILE: "/run/secrets/proxy_token",
  };
  const run = start([placePage(PAGE)("proxy.ts")], { ...placed(files), PORT: port });
  await untilReady(port, "/ready");
  expect(await statusAt(port, "vms-proxy:8080", "/acme/api/v1/alarmZones")).toBe(200);
  expect(await ends(run)).toBe(0);
  expect([server.logins, server.sessions]).toEqual([1, 0]);
  expect(run.output()).toContain('"path":"/acme/api/v1/alarmZones"');
  expect(run.output()).not.toContain(TOKEN);
});
