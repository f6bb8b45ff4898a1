import { createRequire } from "node:module";
import type { Pool } from "undici";
import { checkNames } from "../../contract/known-names.ts";
import { InvalidOptions } from "../../errors/invalid-options.ts";
import { networkCode } from "../../net/network-error.ts";
import { undiciFetch } from "./undici-conversion.ts";

/** Options of `nodeFetch`: how requests reach a vendor that the global `fetch` cannot reach. */
export interface NodeFetchOptions {
  /** The certificates to trust instead of the public ones, as PEM, for example that of a private CA. Default: Node's own. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[];
  /** The client's certificate as PEM, if the vendor requires one. It needs `key`. Default: none. */
  readonly cert?: string | Uint8Array;
  /** The private key of `cert`, as PEM. Default: none. */
  readonly key?: string | Uint8Array;
  /**
   * Whether to trust any certificate. Then anybody between the program and the vendor can read the password. Each call of
   * `nodeFetch` prints a warning. Use `ca` instead if you can. Default: `false`.
   */
  readonly insecureSkipVerify?: boolean;
  /** The URL of an HTTP proxy, `http://[user:password@]host:port`. Default: none. */
  readonly proxy?: string;
  /** How many connections to each origin may be open at the same time. Default: no limit. */
  readonly connections?: number;
  /**
   * undici, version 7 or 8, as `import * as undici from "undici"` gives it. A program that is bundled needs it, because a bundle
   * contains only what the program imports. Default: the installed undici.
   */
  readonly undici?: UndiciModule;
}

/** What `nodeFetch` uses of undici. It names no type of undici, because the types must be right if undici is not installed. */
export interface UndiciModule {
  readonly Agent: unknown;
  readonly FormData: unknown;
  readonly Pool: unknown;
  readonly ProxyAgent: unknown;
  readonly fetch: unknown;
}

const NAMES: Readonly<Record<keyof NodeFetchOptions, true>> = {
  ca: true,
  cert: true,
  key: true,
  insecureSkipVerify: true,
  proxy: true,
  connections: true,
  undici: true,
};

/**
 * Creates a `fetch` for private CAs, client certificates and corporate proxies. Use it as the option `fetch` of a session.
 *
 * It is the `fetch` of undici (versions 7 and 8, a peer dependency), and keeps connections alive. It accepts and returns the
 * global `Request`, `FormData` and `Response`. It is for Node only.
 * @throws {InvalidOptions} `invalid_options` for an option that is unknown or malformed, if undici is not installed, and if
 * the runtime is not Node. The message names the option, never its value.
 * @see https://undici.nodejs.org
 * @example
 * const fetch = nodeFetch({ ca: readFileSync("ca.pem") });
 * const session = createAcmeSession({ baseUrl, credentials, fetch });
 */
export function nodeFetch(options: NodeFetchOptions = {}): typeof globalThis.fetch {
  checkNames("core", options, NAMES, "nodeFetch");
  const { ca, cert, key, insecureSkipVerify = false, proxy, connections, undici: given } = options;
  const wrong = (what: string): never => {
    throw new InvalidOptions("core", `nodeFetch: ${what}`);
  };
  if ((cert === undefined) !== (key === undefined)) wrong("`cert` and `key` go together: give both.");
  if (typeof insecureSkipVerify !== "boolean") wrong("`insecureSkipVerify` must be true or false.");
  if (connections !== undefined && !(Number.isInteger(connections) && connections > 0)) {
    wrong("`connections` must be a whole number above 0.");
  }
  if (proxy !== undefined && !isProxyUrl(proxy)) {
    wrong("`proxy` must be a URL such as http://proxy.example:3128, with user and password percent-encoded.");
  }
  const used = ["Agent", "FormData", "Pool", "ProxyAgent", "fetch"] as const;
  if (given !== undefined && !used.every((name) => typeof given?.[name] === "function")) {
    wrong('`undici` must be the module: import * as undici from "undici".');
  }
  // Their undici is a substitute that ignores dispatchers: the options would have no effect.
  if ("Bun" in globalThis || "Deno" in globalThis) {
    wrong("it works in Node only. In this runtime, use a `fetch` of your own that sets these options.");
  }
  if (insecureSkipVerify) {
    process.emitWarning(
      "nodeFetch: `insecureSkipVerify` is on. The vendor's certificate is not checked, so anyone on the network can read the " +
        "password. Set `ca` to the certificate of the vendor's CA instead.",
      { type: "SecurityWarning", code: "VMS_INSECURE_TLS" },
    );
  }
  const tls = {
    ...(ca === undefined ? {} : { ca: copied(ca) }),
    ...(cert === undefined || key === undefined ? {} : { cert: buffer(cert), key: buffer(key) }),
    rejectUnauthorized: !insecureSkipVerify,
  };
  const limit = connections === undefined ? {} : { connections };
  const undici = given === undefined ? loadUndici() : (given as typeof import("undici"));
  const { Agent, Pool, ProxyAgent } = undici;
  const dispatcher =
    proxy === undefined
      ? new Agent({ ...limit, connect: tls })
      : new ProxyAgent({
          ...limit,
          uri: proxy,
          requestTls: tls,
          proxyTls: tls,
          clientFactory: (origin, pool) => toProxy(new Pool(origin, pool)),
        });
  return undiciFetch(undici, dispatcher);
}

// Only callers of `nodeFetch` need undici: the rest of this entry loads without it.
function loadUndici(): typeof import("undici") {
  try {
    return createRequire(import.meta.url)("undici") as typeof import("undici");
  } catch {
    throw new InvalidOptions(
      "core",
      "nodeFetch: the peer dependency undici was not found. A bundle needs the option `undici`.",
      {
        remedy: { id: "install_package", package: "undici" },
      },
    );
  }
}

/**
 * The connections to a proxy. undici retries a request without limit if a socket closes before it is connected. With a
 * proxy that closes each tunnel it would never stop. With another code it fails the request.
 */
function toProxy(pool: Pool): Pool {
  const connect = pool.connect.bind(pool) as (options: unknown) => Promise<unknown>;
  const failing = async (params: unknown) => {
    try {
      return await connect(params);
    } catch (error) {
      const code = networkCode(error);
      // The original is dropped: it can hold a piece of the proxy's response.
      throw Object.assign(new Error("the proxy gave no tunnel"), {
        code: code === "UND_ERR_SOCKET" ? "ECONNRESET" : code,
      });
    }
  };
  return Object.assign(pool, { connect: failing });
}

function isProxyUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  try {
    decodeURIComponent(url.username + url.password);
    return true;
  } catch {
    return false;
  }
}

function copied(ca: NonNullable<NodeFetchOptions["ca"]>): string | Buffer | (string | Buffer)[] {
  return typeof ca === "string" || ArrayBuffer.isView(ca) ? buffer(ca) : ca.map(buffer);
}

function buffer(pem: string | Uint8Array): string | Buffer {
  return typeof pem === "string" ? pem : Buffer.from(pem);
}
