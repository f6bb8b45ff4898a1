import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { createAltaServer, type VendorServer } from "@vms/simulator";
import { onTestFinished } from "vitest";
import { environment, home as makeHome, type Run, vms } from "./run-vms.ts";
import { served } from "./simulated-vendors.ts";

/** A running vendor, and a profile that has never signed in. The password is in the environment. */
export interface World<Server extends VendorServer = VendorServer> {
  readonly server: Server;
  readonly url: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** The same environment without the password. */
  readonly envWithoutPassword: Readonly<Record<string, string>>;
  run(args: readonly string[], input?: string | Uint8Array): Promise<Run>;
}

/** The name of the profile. */
export const PROFILE = "acme";

/** Serves a vendor, and writes its profile into a new home. */
export async function worldOf<Server extends VendorServer>(
  server: Server,
  profile: Readonly<Record<string, unknown>> = {},
  front: (url: string) => Promise<string> = async (url) => url,
): Promise<World<Server>> {
  const url = await front(await served(server));
  const home = await makeHome();
  const { username, password } = server.account;
  await writeProfiles(home, { [PROFILE]: { vendor: server.vendor, username, url, ...profile } });
  const envWithoutPassword = environment(home);
  const prefix = `VMS_${server.vendor.toUpperCase().replaceAll("-", "_")}`;
  const env = { ...envWithoutPassword, [`${prefix}_PASSWORD`]: password };
  return { server, url, home, env, envWithoutPassword, run: (args, input) => vms(args, env, input) };
}

export function altaWorld(): Promise<World> {
  return worldOf(createAltaServer());
}

export async function writeProfiles(
  home: string,
  profiles: Readonly<Record<string, unknown>>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "config.json"), JSON.stringify({ profiles, ...more }), { mode: 0o600 });
}

/** Answers a request, or returns `undefined` to leave it to the vendor. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Puts a server in front of a vendor, for responses that its API does not have, such as large files. */
export function front(routes: Readonly<Record<string, Route>>): (vendor: string) => Promise<string> {
  return async (vendor) => {
    const server = createServer((incoming, outgoing) => {
      const route = routes[new URL(incoming.url ?? "", vendor).pathname];
      if (route !== undefined) return void route(incoming, outgoing);
      const { method, url, headers } = incoming;
      const onward = request(new URL(url ?? "", vendor), { method: method ?? "GET", headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders);
        pipeline(answer, outgoing, () => {});
      });
      onward.on("error", () => outgoing.destroy());
      incoming.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
}
