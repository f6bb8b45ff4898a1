import { createRequire } from "node:module";
import { createAltaSession } from "@vms/alta";
import { fileStore, nodeFetch } from "@vms/core/node";
import { callVendors } from "./call-vendors.ts";
import { hearChannels } from "./hear-channels.ts";
import { resultOf } from "./result.ts";
import type { Place } from "./smoke.ts";

// The program for runtimes with Node's modules: Node, Bun and Deno.
const { places, directory }: { readonly places: readonly Place[]; readonly directory: string } = JSON.parse(
  process.argv[2] ?? "",
);
const alta = places.find(({ vendor }) => vendor === "alta");
const { baseUrl = "", username = "", password = "" } = alta ?? {};
const options = { baseUrl, credentials: { username, password } };

const seen = {
  ...(await callVendors(places)),
  '`require("@vms/alta")`': await resultOf(async () => {
    const { createAltaSession: made } = createRequire(import.meta.url)("@vms/alta");
    if (typeof made !== "function") throw new Error("it returned no factory");
  }),
  "`fileStore`": await resultOf(async () => {
    const onDisk = { ...options, store: fileStore({ directory }) };
    const first = await createAltaSession(onDisk).login();
    // A second session of the same account adopts the stored session.
    const second = await createAltaSession(onDisk).login();
    if (first.issuedAt !== second.issuedAt) throw new Error("the stored session was not used");
  }),
  "diagnostics channels": await resultOf(hearChannels),
  "`nodeFetch`, with a proxy": await resultOf(async () => {
    await createAltaSession({ ...options, fetch: nodeFetch() }).login();
    // Nothing listens there, so a successful login has ignored the proxy.
    const proxied = createAltaSession({
      ...options,
      fetch: nodeFetch({ proxy: "http://127.0.0.1:9" }),
      retry: { attempts: 1 },
    });
    const result = await resultOf(() => proxied.login());
    if (result === "works") throw new Error("ignored, without an error");
  }),
};
console.log(`SEEN ${JSON.stringify(seen)}`);
