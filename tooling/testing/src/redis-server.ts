import { spawn } from "node:child_process";
import { once } from "node:events";
import { createClient } from "redis";
import { freePort } from "./free-port.ts";

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts an empty `redis-server` and waits until it answers. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--maxmemory-policy", "noeviction"];
  const child = spawn("redis-server", args, { stdio: "ignore" });
  const url = `redis://127.0.0.1:${port}`;
  // The client reconnects until the server listens.
  const client = createClient({ url }).on("error", () => {});
  await Promise.race([client.connect(), once(child, "exit").then(() => Promise.reject(new Error("no redis-server")))]);
  client.destroy();
  return {
    url,
    async [Symbol.asyncDispose]() {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}
