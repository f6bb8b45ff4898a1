import { chmod, mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import process from "node:process";
import { expect, onTestFinished, test } from "vitest";
import { hasTerminals, vmsInTerminal } from "../support/run-in-terminal.ts";
import { environment, home, vms } from "../support/run-vms.ts";

const login = (url: string) => ["login", "alta", "--url", url, "-u", "night@acme.example"];

test("a port that fetch blocks is reported before any prompt or request", async () => {
  const run = await vms([...login("http://127.0.0.1:1"), "--password-stdin"], environment(await home()), "made-up");
  expect(run).toEqual({
    exit: 2,
    stdout: "",
    stderr: "vms: port 1 cannot be used: fetch blocks it.\nCheck the URL: --url <url>\n",
  });
});

test.runIf(process.platform === "linux")(
  "a directory that cannot be created is reported before a password is sent",
  async () => {
    let requests = 0;
    const url = await answering(() => {
      requests++;
      return 501;
    });
    const path = "/proc/no-such-process";
    const run = await vms([...login(url), "--password-stdin"], environment(path), "made-up");
    expect(run).toEqual({
      exit: 1,
      stdout: "",
      stderr: `vms: nothing can be stored in ${path} (ENOENT).\nSet VMS_HOME to a directory that this user can write to.\n`,
    });
    expect(requests).toBe(0);
  },
);

test.runIf(process.getuid?.() !== 0 && process.platform !== "win32")(
  "a directory that cannot be written is reported before a password is sent",
  async () => {
    const path = join(await home(), "vms");
    await mkdir(path);
    await chmod(path, 0o500);
    const run = await vms([...login("http://127.0.0.1:9"), "--password-stdin"], environment(path), "made-up");
    expect(run).toMatchObject({
      exit: 1,
      stderr: expect.stringContaining(`nothing can be stored in ${path} (EACCES)`),
    });
  },
);

test("after a failure at the server of another product, the hint asks whether the URL is right", async () => {
  const url = await answering(() => 501);
  const run = await vms([...login(url), "--password-stdin"], environment(await home()), "made-up");
  expect(run.exit).toBe(5);
  expect(run.stderr).toMatch(/\nIs the URL right\? Try again/);
  expect(run.stderr).not.toContain(" 0 s");
});

test.runIf(hasTerminals)("a URL without a server is an error, without a question", async () => {
  const env = environment(await home());
  for (const [url, message] of [
    ["https://no-such-host.invalid", /the host no-such-host\.invalid was not found|the name server did not answer/],
    [await gone(), /nothing listens at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)\./],
  ] as const) {
    const terminal = vmsInTerminal(login(url), env);
    await terminal.shows(message);
    expect(await terminal.ended()).toBe(5);
    expect(terminal.text()).not.toContain("does not look like");
  }
});

async function answering(status: () => number): Promise<string> {
  const server = createServer((_request, response) => void response.writeHead(status()).end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function gone(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
