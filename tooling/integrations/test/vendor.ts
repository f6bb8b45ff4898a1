import { gzipSync } from "node:zlib";
import { type AltaServer, createAltaServer, type VendorServer } from "@vms/simulator";
import { serve } from "@vms/simulator/node";

/** A simulated vendor that compresses its responses. */
export interface Vendor extends AsyncDisposable {
  readonly server: AltaServer;
  /** The variables that the programs of the pages read. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Serves Avigilon Alta Video on a free port. */
export async function serveVendor(): Promise<Vendor> {
  const server = createAltaServer();
  const receive: VendorServer["receive"] = async (incoming) => {
    const answer = await server.receive(incoming);
    if (answer === "dropped" || !incoming.headers.get("accept-encoding")?.includes("gzip")) return answer;
    const headers = new Headers(answer.headers);
    headers.set("content-encoding", "gzip");
    headers.delete("content-length");
    return { ...answer, headers, body: new Uint8Array(gzipSync(answer.body)) };
  };
  const { baseUrl, close } = await serve(Object.create(server, { receive: { value: receive } }));
  return {
    server,
    environment: {
      VMS_ALTA_URL: baseUrl,
      VMS_ALTA_USERNAME: server.account.username,
      VMS_ALTA_PASSWORD: server.account.password,
    },
    [Symbol.asyncDispose]: close,
  };
}
