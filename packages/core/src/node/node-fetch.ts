import { Agent, ProxyAgent } from "undici";
import { InvalidOptions } from "../errors/invalid-options.ts";

/** How requests reach a vendor that the global `fetch` does not reach as it is. */
export interface NodeFetchOptions {
  /** The certificates to trust instead of the public ones, PEM: that of a private CA. Default: Node's own. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[];
  /** The client's certificate, PEM, where the vendor asks for one. Needs `key`. */
  readonly cert?: string | Uint8Array;
  /** The private key of `cert`, PEM. */
  readonly key?: string | Uint8Array;
  /**
   * Trust any certificate: whoever sits between reads the password. A warning is printed once for each use.
   * Give `ca` instead wherever you can. Default: `false`.
   */
  readonly insecureSkipVerify?: boolean;
  /** The URL of an HTTP proxy, `http://[user:password@]host:port`. Default: none. */
  readonly proxy?: string;
  /** How many connections to each origin may be open at once. Default: no limit. */
  readonly connections?: number;
}

/**
 * A `fetch` for private CAs, client certificates and corporate proxies: give it as the option `fetch` of a session.
 * It is Node's own `fetch` on a dispatcher of undici (version 7, a peer dependency), and keeps connections alive.
 * @throws {InvalidOptions} naming the option, never its value.
 */
export function nodeFetch(options: NodeFetchOptions = {}): typeof globalThis.fetch {
  const { ca, cert, key, insecureSkipVerify = false, proxy, connections } = options;
  const wrong = (what: string): never => {
    throw new InvalidOptions("core", `nodeFetch: ${what}`);
  };
  if ((cert === undefined) !== (key === undefined)) wrong("`cert` and `key` go together: give both.");
  if (typeof insecureSkipVerify !== "boolean") wrong("`insecureSkipVerify` must be true or false.");
  if (connections !== undefined && !(Number.isInteger(connections) && connections > 0)) {
    wrong("`connections` must be a whole number above 0.");
  }
  if (proxy !== undefined && !/^https?:$/.test(URL.parse(proxy)?.protocol ?? "")) {
    wrong("`proxy` must be a URL such as http://proxy.example:3128.");
  }
  if (insecureSkipVerify) {
    process.emitWarning(
      "nodeFetch: `insecureSkipVerify` is on: the vendor's certificate is not checked, and whoever sits between can read the password. " +
        "Give the certificate of its CA as `ca` instead.",
      { type: "SecurityWarning", code: "VMS_INSECURE_TLS" },
    );
  }
  const tls = {
    ...(ca === undefined ? {} : { ca: copied(ca) }),
    ...(cert === undefined || key === undefined ? {} : { cert: buffer(cert), key: buffer(key) }),
    rejectUnauthorized: !insecureSkipVerify,
  };
  const limit = connections === undefined ? {} : { connections };
  const dispatcher =
    proxy === undefined
      ? new Agent({ ...limit, connect: tls })
      : new ProxyAgent({ ...limit, uri: proxy, requestTls: tls, proxyTls: tls });
  // `dispatcher` is Node's own addition to the options of fetch.
  return (input, init) => globalThis.fetch(input, { ...init, dispatcher } as RequestInit);
}

function copied(ca: NonNullable<NodeFetchOptions["ca"]>): string | Buffer | (string | Buffer)[] {
  return typeof ca === "string" || ca instanceof Uint8Array ? buffer(ca) : ca.map(buffer);
}

function buffer(pem: string | Uint8Array): string | Buffer {
  return typeof pem === "string" ? pem : Buffer.from(pem);
}
