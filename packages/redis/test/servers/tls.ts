import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { createClient } from "redis";
import { generate } from "selfsigned";
import { type RedisServer, startRedis } from "./redis-server.ts";

const PASSWORD = "made-up-password";

/** A server that accepts only TLS and requires a password, and the options of its clients. */
export interface TlsServer extends RedisServer {
  readonly client: NonNullable<Parameters<typeof createClient>[0]>;
}

export async function startTlsRedis(): Promise<TlsServer> {
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
  const socket = { host: "127.0.0.1", port: server.port, tls: true, ca: ca.cert } as const;
  return { ...server, client: { password: PASSWORD, socket } };
}
