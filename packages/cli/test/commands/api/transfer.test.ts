import { spawn } from "node:child_process";
import { once } from "node:events";
import { open, readdir, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import { createAltaServer } from "@vms/simulator";
import { describe, expect, it } from "vitest";
import { front, PROFILE, type Route, worldOf } from "../../support/profile-fixture.ts";
import { vms, vmsCommand } from "../../support/run-vms.ts";
import { until } from "../../support/simulated-vendors.ts";

const LARGE = 200_000_000;
/** How much more memory a large body may take than a small one, in kB. */
const SLACK = 90_000;

const CHUNK = Buffer.alloc(64_000, "0123456789abcdef");

function* chunksOf(size: number): Iterable<Buffer> {
  for (let sent = 0; sent < size; sent += CHUNK.length) yield CHUNK.subarray(0, Math.min(CHUNK.length, size - sent));
}

/** Sends this many bytes at the reader's pace. The reader may leave. */
async function pour(to: Writable, size: number): Promise<void> {
  await pipeline(Readable.from(chunksOf(size), { objectMode: false }), to).catch(() => {});
}

function sending(size: number): Route {
  return (_request, response) => {
    response.writeHead(200, { "content-length": size, "content-type": "application/octet-stream" });
    return pour(response, size);
  };
}

const large = sending(LARGE);
const small = sending(1_000);

/** Sends half of the announced length, and then nothing more. */
const stalling: Route = (_request, response) => {
  response.writeHead(200, { "content-length": CHUNK.length * 2, "content-type": "application/octet-stream" });
  response.write(CHUNK);
};

interface Received {
  bytes: number;
  refuse: number;
  calls: number;
}

/** Counts the bytes of a body. Rejects it first, this many times, like a vendor that has ended the session. */
function taking(received: Received): Route {
  return async (request, response) => {
    received.calls++;
    if (received.refuse-- > 0) {
      response.writeHead(401).end('{"error":"no session"}');
      request.resume();
      return;
    }
    received.bytes = 0;
    for await (const chunk of request) received.bytes += (chunk as Buffer).length;
    response.end("taken");
  };
}

/** Runs `vms` and returns its peak memory, in kB. */
async function measured(args: readonly string[], env: Readonly<Record<string, string>>, stdin?: number) {
  const [program, ...first] = vmsCommand;
  const child = spawn(program, [...first, ...args], {
    env,
    stdio: [stdin === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  let bytes = 0;
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (bytes += chunk.length));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk));
  const ended = once(child, "close") as Promise<[number | null]>;
  if (child.stdin !== null && stdin !== undefined) void pour(child.stdin, stdin);
  let peak = 0;
  let over = false;
  void ended.then(() => (over = true));
  while (!over) {
    const status = await readFile(`/proc/${child.pid}/status`, "utf8").catch(() => "");
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0));
    await pause(5);
  }
  const [exit] = await ended;
  return { exit, bytes, stderr, peak };
}

describe.runIf(process.platform === "linux")("vms api, memory", () => {
  it("downloads 200 MB into a file and to standard output with no more memory than 1 kB", async () => {
    const { home, env } = await worldOf(createAltaServer(), {}, front({ "/large": large, "/small": small }));
    const file = join(home, "large.bin");
    const little = await measured(["api", PROFILE, "small", "-o", join(home, "small.bin")], env);
    const saved = await measured(["api", PROFILE, "large", "-o", file], env);
    expect(saved).toMatchObject({ exit: 0, bytes: 0, stderr: "" });
    expect((await stat(file)).size).toBe(LARGE);
    expect(saved.peak - little.peak).toBeLessThan(SLACK);
    const printed = await measured(["api", PROFILE, "large"], env);
    expect(printed).toMatchObject({ exit: 0, bytes: LARGE, stderr: "" });
    expect(printed.peak - little.peak).toBeLessThan(SLACK);
  }, 120_000);

  it("uploads 200 MB from a file and from standard input with no more memory than 1 kB", async () => {
    const received: Received = { bytes: 0, refuse: 0, calls: 0 };
    const { home, env } = await worldOf(createAltaServer(), {}, front({ "/take": taking(received) }));
    const file = join(home, "large.bin");
    await writeFile(file, "");
    await truncate(file, 1_000);
    const little = await measured(["api", PROFILE, "take", "--input", file], env);
    await truncate(file, LARGE);
    const sent = await measured(["api", PROFILE, "take", "--input", file], env);
    expect({ exit: sent.exit, bytes: received.bytes, stderr: sent.stderr }).toEqual({
      exit: 0,
      bytes: LARGE,
      stderr: "",
    });
    expect(sent.peak - little.peak).toBeLessThan(SLACK);
    const piped = await measured(["api", PROFILE, "take", "--input", "-"], env, LARGE);
    expect({ exit: piped.exit, bytes: received.bytes, stderr: piped.stderr }).toEqual({
      exit: 0,
      bytes: LARGE,
      stderr: "",
    });
    expect(piped.peak - little.peak).toBeLessThan(SLACK);
  }, 120_000);
});

describe("vms api, upload with an expired session", () => {
  const uploading = async (refuse: number) => {
    const received: Received = { bytes: 0, refuse, calls: 0 };
    const world = await worldOf(createAltaServer(), {}, front({ "/take": taking(received) }));
    await world.run(["api", PROFILE, "api/v1/alarmZones"]);
    return { ...world, received };
  };

  it("sends a file again", async () => {
    const { home, run, received, server } = await uploading(1);
    const file = join(home, "clip.mp4");
    await writeFile(file, CHUNK);
    expect(await run(["api", PROFILE, "take", "--input", file])).toMatchObject({ exit: 0, stdout: "taken" });
    expect(received).toMatchObject({ calls: 2, bytes: CHUNK.length });
    expect(server.loginAttempts).toBe(2);
  });

  it("sends standard input of less than 1 MiB again, once", async () => {
    const short = await uploading(1);
    const input = "x".repeat(1_000_000);
    expect(await short.run(["api", PROFILE, "take", "--input", "-"], input)).toMatchObject({
      exit: 0,
      stdout: "taken",
    });
    expect(short.received).toMatchObject({ calls: 2, bytes: 1_000_000 });
    const refused = await uploading(9);
    const run = await refused.run(["api", PROFILE, "take", "--input", "-"], "{}");
    expect(run).toMatchObject({ exit: 4, stdout: '{"error":"no session"}' });
    expect(refused.received.calls).toBe(2);
  });

  it("reports that long standard input was rejected, and the next run finds a new session", async () => {
    const { env, received, server, run } = await uploading(1);
    const first = await measured(["api", PROFILE, "take", "--input", "-"], env, CHUNK.length * 20);
    expect(first.exit).toBe(4);
    expect(first.stderr).toContain("the vendor answered 401");
    expect(first.stderr).toContain("run it again");
    expect(server.loginAttempts).toBe(2);
    expect(await run(["api", PROFILE, "take", "--input", "-"], "{}")).toMatchObject({ exit: 0 });
    expect(received).toMatchObject({ calls: 2 });
    expect(server.loginAttempts).toBe(2);
  });
});

describe("vms api, download", () => {
  const world = () =>
    worldOf(createAltaServer(), {}, front({ "/small": small, "/large": large, "/stalling": stalling }));

  it("replaces a file, keeps its mode, and prints nothing", async () => {
    const { home, run } = await world();
    const file = join(home, "clip.bin");
    await writeFile(file, "old", { mode: 0o640 });
    expect(await run(["api", PROFILE, "small", "-o", file])).toEqual({ exit: 0, stdout: "", stderr: "" });
    const { size, mode } = await stat(file);
    expect(size).toBe(1_000);
    if (process.platform !== "win32") expect(mode & 0o777).toBe(0o640);
  });

  it("leaves the old file unchanged on failure, and prints the body of the error", async () => {
    const { home, run, server } = await world();
    const file = join(home, "clip.bin");
    await writeFile(file, "old");
    const error = await run(["api", PROFILE, "nowhere", "-o", file]);
    expect(error).toMatchObject({ exit: 4, stdout: '{"error":"not found"}' });
    server.script({ when: ({ path }) => path === "/half", body: "0123456789", drop: "in-body" });
    const half = await run(["api", PROFILE, "half", "-o", file]);
    expect(half.exit).toBe(5);
    expect(half.stderr).toMatch(/the response ended early.*\nNothing was saved/);
    expect(await readFile(file, "utf8")).toBe("old");
    expect((await readdir(home)).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it.runIf(process.platform === "linux")("writes into a device", async () => {
    const { run } = await world();
    expect((await run(["api", PROFILE, "small", "-o", "/dev/null"])).exit).toBe(0);
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
    const full = await run(["api", PROFILE, "small", "-o", "/dev/full"]);
    expect(full.exit).toBe(1);
    expect(full.stderr).toContain("/dev/full cannot be written (ENOSPC)");
  });

  it.skipIf(process.platform === "win32")("leaves no temporary file when it is terminated", async () => {
    const { home, env, run } = await world();
    await run(["api", PROFILE, "small"]);
    const names = async () => (await readdir(home)).filter((name) => name !== "cache");
    const before = await names();
    const [program, ...first] = vmsCommand;
    const child = spawn(program, [...first, "api", PROFILE, "stalling", "-o", join(home, "x.bin")], {
      env,
      stdio: "ignore",
    });
    await until(async () => (await readdir(home)).some((name) => name.endsWith(".part")));
    child.kill("SIGTERM");
    expect(await once(child, "close")).toEqual([143, null]);
    expect(await names()).toEqual(before);
  });

  it("decompresses the body", async () => {
    const { gzipSync } = await import("node:zlib");
    const packed: Route = (request, response) => {
      expect(request.headers["accept-encoding"]).toContain("gzip");
      response
        .writeHead(200, { "content-encoding": "gzip", "content-type": "text/plain" })
        .end(gzipSync("plain words"));
    };
    const { run } = await worldOf(createAltaServer(), {}, front({ "/packed": packed }));
    expect(await run(["api", PROFILE, "packed"])).toMatchObject({ exit: 0, stdout: "plain words" });
  });

  it.skipIf(process.platform === "win32")("ends without an error when the reader closes the pipe", async () => {
    const { env } = await world();
    const [program, ...first] = vmsCommand;
    const vmsWords = [program, ...first].map((word) => `'${word}'`).join(" ");
    const script = `${vmsWords} api ${PROFILE} large | head -c 10; echo " \${PIPESTATUS[0]}"; ${vmsWords} --help | true`;
    const shell = spawn("bash", ["-c", script], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let text = "";
    for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (chunk: Buffer) => (text += chunk));
    await once(shell, "close");
    expect(text).toBe("0123456789 0\n");
  });
});

it("trusts the profile's certificates for calls and uploads", async () => {
  const { createServer } = await import("node:https");
  const { generate } = await import("selfsigned");
  const server = createAltaServer();
  const { cert, private: key } = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "localhost" }] }],
  });
  const https = createServer({ cert, key }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = "GET", url = "/" } = request;
    const body = chunks.length === 0 ? {} : { body: Buffer.concat(chunks) };
    const headers = Object.entries(request.headers).filter(([name]) => name !== "host") as [string, string][];
    const answer = await server.fetch(new URL(url, server.origin), { method, headers, ...body, redirect: "manual" });
    response.writeHead(answer.status, [...answer.headers].flat());
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  https.listen(0, "127.0.0.1");
  await once(https, "listening");
  const { port } = https.address() as { port: number };
  try {
    const { run, home, envWithoutPassword } = await worldOf(server, {}, async () => `https://localhost:${port}`);
    const untrusted = await run(["api", PROFILE, "api/v1/alarmZones"]);
    expect(untrusted.exit).toBe(5);
    expect(untrusted.stderr).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
    const ca = join(home, "ca.pem");
    await writeFile(ca, cert);
    const config = JSON.parse(await readFile(join(home, "config.json"), "utf8")) as {
      profiles: Record<string, object>;
    };
    config.profiles[PROFILE] = { ...config.profiles[PROFILE], ca };
    const handle = await open(join(home, "config.json"), "w", 0o600);
    await handle.writeFile(JSON.stringify(config));
    await handle.close();
    expect(await run(["api", PROFILE, "api/v1/alarmZones"])).toMatchObject({ exit: 0, stderr: "" });
    const upload = await vms(["api", PROFILE, "nowhere", "--input", ca], envWithoutPassword);
    expect(upload).toMatchObject({ exit: 4, stdout: '{"error":"not found"}' });
  } finally {
    https.closeAllConnections();
    await new Promise((resolve) => https.close(resolve));
  }
});
