import type { SessionOptions } from "@vms/core";
import { readCertificates } from "../files/read-certificates.ts";

export interface TransportOptions {
  /** The certificates to trust, PEM. Default: Node's own. */
  readonly ca: string | undefined;
  /** Node's own `fetch` with these certificates, for requests that the transport does not support. */
  readonly fallback: typeof globalThis.fetch;
}

/** Creates the function that sends requests. */
export type Transport = (options: TransportOptions) => typeof globalThis.fetch;

/** The option `fetch` of a session. */
export async function createFetch(
  path: string | undefined,
  transport: Transport | undefined,
): Promise<Pick<SessionOptions, "fetch">> {
  const ca = path === undefined ? undefined : await readCertificates(path);
  if (transport === undefined) return ca === undefined ? {} : { fetch: await fetchWith(ca) };
  let trusting: ReturnType<typeof fetchWith> | undefined;
  const fallback: typeof globalThis.fetch = async (input, init) => {
    if (ca === undefined) return globalThis.fetch(input, init);
    trusting ??= fetchWith(ca);
    return (await trusting)(input, init);
  };
  return { fetch: transport({ ca, fallback }) };
}

async function fetchWith(ca: string): Promise<typeof globalThis.fetch> {
  return (await import("@vms/core/node")).nodeFetch({ ca });
}
