import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Packed } from "../src/pack.ts";

/** A registry that serves only packed packages. */
export interface LocalRegistry {
  readonly url: string;
  close(): void;
}

/** Starts a registry with the packed packages on a free port, as if they were published. */
export async function startRegistry(packed: readonly Packed[]): Promise<LocalRegistry> {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "");
    const one = packed.find(({ name }) => path.startsWith(`/${name}`));
    if (one === undefined) return void response.writeHead(404).end("{}");
    if (path.endsWith(".tgz")) return void response.end(readFileSync(one.tarball));
    const manifest: { version: string } = JSON.parse(readFileSync(join(one.content, "package.json"), "utf8"));
    const { version } = manifest;
    const dist = { tarball: `http://${request.headers.host}/${one.name}/-/${version}.tgz` };
    const versions = { [version]: { ...manifest, dist } };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ name: one.name, "dist-tags": { latest: version }, versions }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => void server.close() };
}
