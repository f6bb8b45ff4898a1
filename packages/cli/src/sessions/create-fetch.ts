import type { SessionOptions } from "@vms/core";
import { nodeFetch } from "@vms/core/node";
import { readCertificates } from "../files/read-certificates.ts";
import type { System } from "../system/system.ts";

/** Makes a `fetch` of another one. */
export type FetchWrapper = (fetch: typeof globalThis.fetch) => typeof globalThis.fetch;

/**
 * The option `fetch` of a session.
 * @param ca the file of the certificates to trust. Default: Node's own certificates.
 */
export async function createFetch(
  system: System,
  ca: string | undefined,
  wrap: FetchWrapper = (fetch) => fetch,
): Promise<Required<Pick<SessionOptions, "fetch">>> {
  const fetch = ca === undefined ? globalThis.fetch : nodeFetch({ ca: await readCertificates(ca) });
  const followed: typeof fetch = (input, init) => {
    const response = fetch(input, init);
    system.outlasting(response);
    return response;
  };
  return { fetch: wrap(followed) };
}
