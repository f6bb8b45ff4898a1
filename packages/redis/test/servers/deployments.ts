import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createClient, createCluster } from "redis";
import { generate } from "selfsigned";
import type { RedisClient } from "../../src/index.ts";
import { until } from "../until.ts";
import { freePort, type RedisServer, startRedis } from "./redis-server.ts";

/** A client that is connected, and what a test asks of the server past the store. */
export interface TestClient extends RedisClient {
  pTTL(key: string): Promise<number>;
  exists(key: string): Promise<number>;
  pExpire(key: string, ms: number): Promise<number>;
  destroy(): void;
}

/** Redis as somebody runs it. */
export interface Deployment {
  connect(): Promise<TestClient>;
  close(): Promise<void>;
}

const PASSWORD = "made-up-password";

async function single(): Promise<Deployment> {
  const server = await startRedis();
  return {
    connect: () => connectTo({ url: `redis://127.0.0.1:${server.port}` }),
    close: () => server.close(),
  };
}

async function behindTls(): Promise<Deployment> {
  const name = (value: string) => [{ name: "commonName", value }];
  const ca = await generate(name("made-up CA"), {
    keyType: "ec",
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true },
    ],
  });
  const pair = await generate(name("127.0.0.1"), {
    keyType: "ec",
    algorithm: "sha256",
    ca: { key: ca.private, cert: ca.cert },
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const server = await startRedis(({ directory, port }) => {
    const file = (name: string, text: string) => {
      writeFileSync(join(directory, name), text, { mode: 0o600 });
      return join(directory, name);
    };
    return [
      "port 0",
      `tls-port ${port}`,
      `tls-ca-cert-file ${file("ca.pem", ca.cert)}`,
      `tls-cert-file ${file("cert.pem", pair.cert)}`,
      `tls-key-file ${file("key.pem", pair.private)}`,
      "tls-auth-clients no",
      `requirepass ${PASSWORD}`,
    ];
  });
  return {
    connect: () =>
      connectTo({
        password: PASSWORD,
        socket: { host: "127.0.0.1", port: server.port, tls: true, ca: ca.cert, reconnectStrategy: false },
      }),
    close: () => server.close(),
  };
}

async function cluster(): Promise<Deployment> {
  const nodes: RedisServer[] = [];
  const buses: number[] = [];
  for (let i = 0; i < 3; i++) {
    const bus = await freePort();
    buses.push(bus);
    nodes.push(
      await startRedis(({ port }) => [
        `port ${port}`,
        "cluster-enabled yes",
        `cluster-port ${bus}`,
        "cluster-config-file nodes.conf",
        "cluster-node-timeout 2000",
      ]),
    );
  }
  const admins = await Promise.all(
    nodes.map(({ port }) =>
      createClient({ url: `redis://127.0.0.1:${port}` })
        .on("error", () => {})
        .connect(),
    ),
  );
  const third = Math.ceil(16_384 / 3);
  for (const [i, admin] of admins.entries()) {
    await admin.sendCommand(["CLUSTER", "SET-CONFIG-EPOCH", String(i + 1)]);
    const last = Math.min(16_384, (i + 1) * third) - 1;
    await admin.sendCommand(["CLUSTER", "ADDSLOTSRANGE", String(i * third), String(last)]);
    await admin.sendCommand(["CLUSTER", "MEET", "127.0.0.1", String(nodes[0]!.port), String(buses[0])]);
  }
  await until(async () => {
    const infos = await Promise.all(admins.map((admin) => admin.sendCommand(["CLUSTER", "INFO"])));
    return infos.every((info) => String(info).includes("cluster_state:ok") && String(info).includes("known_nodes:3"));
  });
  for (const admin of admins) admin.destroy();
  return {
    async connect() {
      const rootNodes = nodes.map(({ port }) => ({ url: `redis://127.0.0.1:${port}` }));
      return createCluster({ rootNodes })
        .on("error", () => {})
        .connect();
    },
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
}

async function connectTo(options: Parameters<typeof createClient>[0]): Promise<TestClient> {
  return createClient(options)
    .on("error", () => {})
    .connect();
}

/** The ways in which the store is tested. */
export const DEPLOYMENTS: readonly (readonly [string, () => Promise<Deployment>])[] = [
  ["one server", single],
  ["a server with a password behind TLS", behindTls],
  ["a cluster of three nodes", cluster],
];
