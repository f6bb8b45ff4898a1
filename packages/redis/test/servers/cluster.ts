import { createClient } from "redis";
import { until } from "../until.ts";
import { freePort, type RedisServer, startRedis } from "./redis-server.ts";

const PRIMARIES = 3;

/** One node of a cluster. */
interface Node extends RedisServer {
  /** Sends a command to the node, in any role. */
  tell(...command: string[]): Promise<unknown>;
  close(): Promise<void>;
}

/** The primary that serves the keys, and its replica. */
interface Shard {
  readonly primary: Node;
  readonly replica: Node;
}

/** A cluster of three primaries, optionally with one replica each. */
export interface Cluster {
  readonly rootNodes: { readonly url: string }[];
  /** Finds the nodes with the keys of `vms:`, which must exist and be in one slot. */
  shard(): Promise<Shard>;
  close(): Promise<void>;
}

/** @param replicas whether each primary has a replica, which replaces it after a failure of one second. */
export async function startCluster(replicas = false): Promise<Cluster> {
  const nodes: Node[] = [];
  const buses: number[] = [];
  for (let i = 0; i < (replicas ? 2 : 1) * PRIMARIES; i++) {
    const bus = await freePort();
    buses.push(bus);
    nodes.push(await startNode(bus, replicas ? 1_000 : 2_000));
  }
  const third = Math.ceil(16_384 / PRIMARIES);
  for (const [i, { tell }] of nodes.entries()) {
    await tell("CLUSTER", "SET-CONFIG-EPOCH", String(i + 1));
    if (i < PRIMARIES) {
      const last = Math.min(16_384, (i + 1) * third) - 1;
      await tell("CLUSTER", "ADDSLOTSRANGE", String(i * third), String(last));
    }
    await tell("CLUSTER", "MEET", "127.0.0.1", String(nodes[0]!.port), String(buses[0]));
  }
  await until(async () => {
    const infos = await Promise.all(nodes.map(({ tell }) => tell("CLUSTER", "INFO")));
    const known = `known_nodes:${nodes.length}`;
    return infos.every((info) => String(info).includes("cluster_state:ok") && String(info).includes(known));
  });
  for (const [i, { tell }] of nodes.slice(PRIMARIES).entries()) {
    await tell("CLUSTER", "REPLICATE", String(await nodes[i]!.tell("CLUSTER", "MYID")));
    await until(async () => String(await tell("INFO", "replication")).includes("master_link_status:up"));
  }
  return {
    rootNodes: nodes.map(({ port }) => ({ url: `redis://127.0.0.1:${port}` })),
    async shard() {
      let found: Shard | undefined;
      // While roles change, there can briefly be two primaries or none.
      await until(async () => {
        found = shardOf(await Promise.all(nodes.map(partOf)));
        return found !== undefined;
      });
      if (found === undefined) throw new Error("No shard holds such a key.");
      return found;
    },
    async close() {
      await Promise.all(nodes.map((node) => node.close()));
    },
  };
}

async function partOf(node: Node): Promise<{ node: Node; primary: boolean; holds: boolean }> {
  const [keys, role] = [await node.tell("KEYS", "vms:*"), await node.tell("INFO", "replication")];
  return { node, primary: String(role).includes("role:master"), holds: Array.isArray(keys) && keys.length > 0 };
}

function shardOf(parts: readonly Awaited<ReturnType<typeof partOf>>[]): Shard | undefined {
  const holding = parts.filter(({ holds }) => holds);
  const primary = holding.find((part) => part.primary);
  const replica = holding.find((part) => !part.primary);
  return primary && replica && { primary: primary.node, replica: replica.node };
}

async function startNode(bus: number, timeout: number): Promise<Node> {
  const server = await startRedis(({ port }) => [
    `port ${port}`,
    "cluster-enabled yes",
    `cluster-port ${bus}`,
    "cluster-config-file nodes.conf",
    `cluster-node-timeout ${timeout}`,
    "repl-diskless-sync-delay 0",
  ]);
  const admin = await createClient({ url: `redis://127.0.0.1:${server.port}` })
    .on("error", () => {})
    .connect();
  return {
    ...server,
    tell: (...command) => admin.sendCommand(command),
    async close() {
      admin.destroy();
      await server.close();
    },
  };
}
