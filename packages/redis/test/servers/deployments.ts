import { createClient, createCluster } from "redis";
import { describe } from "vitest";
import type { RedisClient } from "../../src/index.ts";
import { startCluster } from "./cluster.ts";
import { has, startRedis } from "./redis-server.ts";
import { startTlsRedis } from "./tls.ts";

/** A connected client, and direct access to the server without the store. */
export interface TestClient extends RedisClient {
  pTTL(key: string): Promise<number>;
  exists(key: string): Promise<number>;
  pExpire(key: string, ms: number): Promise<number>;
  destroy(): void;
}

export interface Deployment {
  connect(): Promise<TestClient>;
  close(): Promise<void>;
}

async function single(program?: string): Promise<Deployment> {
  const { port, close } = await startRedis(undefined, program);
  return { connect: () => connectTo({ url: `redis://127.0.0.1:${port}` }), close };
}

async function behindTls(): Promise<Deployment> {
  const { client, close } = await startTlsRedis();
  return { connect: () => connectTo(client), close };
}

async function cluster(): Promise<Deployment> {
  const { rootNodes, close } = await startCluster();
  return {
    connect: () =>
      createCluster({ rootNodes })
        .on("error", () => {})
        .connect(),
    close,
  };
}

async function connectTo(options: Parameters<typeof createClient>[0]): Promise<TestClient> {
  return createClient(options)
    .on("error", () => {})
    .connect();
}

const VALKEY = "valkey-server";

const DEPLOYMENTS: readonly (readonly [string, () => Promise<Deployment>, boolean])[] = [
  ["one server", () => single(), true],
  ["a server with a password behind TLS", behindTls, true],
  ["a cluster of three nodes", cluster, true],
  ["Valkey, if it is installed", () => single(VALKEY), has(VALKEY)],
];

/** Describes the store with each deployment. Deployments that are not installed are skipped. */
export function describeDeployments(title: string, body: (start: () => Promise<Deployment>) => void): void {
  for (const [name, start, available] of DEPLOYMENTS) {
    describe.runIf(available)(title.replace("%s", name), () => body(start));
  }
}
