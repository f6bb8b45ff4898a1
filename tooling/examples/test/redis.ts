import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { onTestFinished } from "vitest";

/** Starts a Redis in memory until the test ends. Returns its URL. */
export async function startRedis(): Promise<string> {
  const port = await freePort();
  const args = ["--port", String(port), "--save", "", "--bind", "127.0.0.1"];
  const child = spawn("redis-server", args, { cwd: tmpdir() });
  onTestFinished(() => void child.kill());
  for await (const chunk of child.stdout) if (String(chunk).includes("Ready to accept connections")) break;
  return `redis://127.0.0.1:${port}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
