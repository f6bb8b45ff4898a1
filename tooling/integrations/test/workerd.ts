import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { freePort } from "@vms-tooling/testing/free-port";
import { build } from "esbuild";

const WORKERD = createRequire(import.meta.url).resolve("workerd/bin/workerd");

/** A KV namespace that outlives its workers. */
export interface Namespace extends AsyncDisposable {
  readonly port: number;
  readonly values: ReadonlyMap<string, { readonly value: string; readonly expiration: number | undefined }>;
}

/** Serves a namespace with the protocol of workerd's KV binding. */
export async function serveNamespace(): Promise<Namespace> {
  const values = new Map<string, { value: string; expiration: number | undefined }>();
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://kv");
    const known = values.get(pathname);
    if (request.method === "PUT") {
      const expiration = searchParams.get("expiration");
      values.set(pathname, {
        value: await text(request),
        expiration: expiration === null ? undefined : Number(expiration),
      });
    }
    if (request.method === "DELETE") values.delete(pathname);
    if (request.method === "GET" && known === undefined) response.statusCode = 404;
    response.end(request.method === "GET" ? known?.value : "");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    values,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface RunningWorker extends AsyncDisposable {
  readonly port: number;
}

/** Bundles a program and starts it in workerd with these variables and the namespace `SESSIONS`. */
export async function startWorker(
  program: string,
  variables: Readonly<Record<string, string>>,
  namespace: Namespace,
): Promise<RunningWorker> {
  const outfile = `${program}.bundle.js`;
  await build({
    entryPoints: [program],
    outfile,
    bundle: true,
    format: "esm",
    platform: "neutral",
    logLevel: "silent",
  });
  const port = await freePort();
  const bindings = Object.entries(variables).map(
    ([name, value]) => `(name = "${name}", text = ${JSON.stringify(value)})`,
  );
  const config = `${program}.capnp`;
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker.js", esModule = embed "${outfile.slice(outfile.lastIndexOf("/") + 1)}")],
      bindings = [${bindings.join(", ")}, (name = "SESSIONS", kvNamespace = "kv")],
      compatibilityDate = "2026-01-01",
    )),
    (name = "kv", external = (address = "127.0.0.1:${namespace.port}", http = ())),
    # Allows this machine only. By default, a worker reaches only the public Internet.
    (name = "internet", network = (allow = ["local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
  );
  // workerd writes to descriptor 3 once it listens.
  const child = spawn(WORKERD, ["serve", config, "--control-fd=3"], {
    cwd: join(program, ".."),
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const control = child.stdio[3];
  if (control === undefined || control === null) throw new Error("workerd has no control descriptor.");
  await Promise.race([once(control, "data"), once(child, "exit").then(() => Promise.reject(new Error("no workerd")))]);
  return {
    port,
    async [Symbol.asyncDispose]() {
      const gone = once(child, "exit");
      child.kill();
      await gone;
    },
  };
}
