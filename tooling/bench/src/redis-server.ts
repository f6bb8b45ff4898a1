import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createClient } from "redis";

/** An empty Redis server. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts `redis-server`, and waits until it responds. */
export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  const child = spawn("redis-server", ["--port", String(port), "--bind", "127.0.0.1", "--save", ""], {
    stdio: "ignore",
  });
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

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address !== null ? address.port : 0;
}
