import { checkNames } from "../../contract/known-names.ts";
import { InvalidOptions } from "../../errors/invalid-options.ts";
import { createDispatcher, proxyUrl } from "./dispatchers.ts";
import { environmentNoProxy, environmentProxy } from "./environment-proxy.ts";
import { fastFetch } from "./fast-fetch.ts";
import { givenUndici, installedUndici } from "./load-undici.ts";

/** Options of `nodeFetch`. */
export interface NodeFetchOptions {
  /** The PEM certificates to trust instead of the public ones, for example of a private CA. Default: Node's own. */
  readonly ca?: string | Uint8Array | readonly (string | Uint8Array)[];
  /** The client certificate (PEM), if the vendor requires one. Needs `key`. Default: none. */
  readonly cert?: string | Uint8Array;
  /** The private key of `cert` (PEM). Default: none. */
  readonly key?: string | Uint8Array;
  /**
   * Trusts any certificate, so anybody between the program and the vendor can read the password. Each `nodeFetch` call
   * prints a warning. Prefer `ca`. Default: `false`.
   */
  readonly insecureSkipVerify?: boolean;
  /** The URL of an HTTP proxy, `http://[user:password@]host:port`. Default: none. */
  readonly proxy?: string;
  /**
   * Whether to use the environment's proxies, read when `nodeFetch` is called: `HTTPS_PROXY` for `https` URLs,
   * `HTTP_PROXY` for `http` URLs, otherwise `ALL_PROXY`. Lower-case names take precedence over upper-case ones, and
   * `proxy` over all. Default: `false`.
   */
  readonly envProxy?: boolean;
  /**
   * Hosts to reach without a proxy, separated by commas: `example.com` with its subdomains, `10.0.0.7:8080`, or `*` for
   * all. Default: `NO_PROXY` with `envProxy`, otherwise none.
   */
  readonly noProxy?: string;
  /** Whether to use HTTP/2 if the server offers it. Default: `false` with undici 7, `true` with undici 8. */
  readonly allowH2?: boolean;
  /** The maximum number of open connections per origin. Default: no limit. */
  readonly connections?: number;
  /**
   * The module undici 7 or 8: `import * as undici from "undici"`. A bundle needs it, because it contains only imported
   * modules. Default: the installed undici.
   */
  readonly undici?: UndiciModule;
}

/** What `nodeFetch` uses of undici. Uses no undici types, so that it compiles without undici. */
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
  envProxy: true,
  noProxy: true,
  allowH2: true,
  connections: true,
  undici: true,
};

/**
 * Creates a `fetch` for servers that needs about half the CPU of the global `fetch` and supports private CAs, client
 * certificates and proxies. Pass it as a session's `fetch` option. Node only.
 *
 * It sends through undici (versions 7 and 8, a peer dependency) over persistent connections. It behaves like the global
 * `fetch`, with its `Request`, `FormData` and `Response`, except for the differences in the guide. In a short program
 * the global `fetch` is faster, because undici must be loaded first.
 * @throws {InvalidOptions} `invalid_options` if an option is unknown or malformed, undici is not installed, or the
 * runtime is not Node. The message names the option, never its value.
 * @see https://undici.nodejs.org
 * @see docs/guides/like-node-fetch.md
 * @example
 * const fetch = nodeFetch({ ca: readFileSync("ca.pem"), envProxy: true });
 * const session = createAcmeSession({ baseUrl, credentials, fetch });
 */
export function nodeFetch(options: NodeFetchOptions = {}): typeof globalThis.fetch {
  checkNames("core", options, NAMES, "nodeFetch");
  const { ca, cert, key, insecureSkipVerify = false, proxy, envProxy = false, noProxy } = options;
  const { allowH2, connections, undici: given } = options;
  const wrong = (what: string): never => {
    throw new InvalidOptions("core", `nodeFetch: ${what}`);
  };
  if ((cert === undefined) !== (key === undefined)) wrong("`cert` and `key` must be set together.");
  for (const [name, value] of Object.entries({ insecureSkipVerify, envProxy, allowH2 })) {
    if (value !== undefined && typeof value !== "boolean") wrong(`\`${name}\` must be true or false.`);
  }
  if (noProxy !== undefined && typeof noProxy !== "string")
    wrong("`noProxy` must be a string such as localhost,.example.com.");
  if (connections !== undefined && !(Number.isInteger(connections) && connections > 0)) {
    wrong("`connections` must be a whole number above 0.");
  }
  if (proxy !== undefined && proxyUrl(proxy) === undefined) {
    wrong("`proxy` must be a URL such as http://proxy.example:3128, with user and password percent-encoded.");
  }
  const used = ["Agent", "FormData", "Pool", "ProxyAgent", "fetch"] as const;
  if (given !== undefined && !used.every((name) => typeof given?.[name] === "function")) {
    wrong('`undici` must be the module: import * as undici from "undici".');
  }
  // Their built-in undici ignores dispatchers, so the options would have no effect.
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
  const viaProxy = (protocol: "http:" | "https:") => {
    if (proxy !== undefined) return proxy;
    const named = envProxy ? environmentProxy(protocol) : undefined;
    if (named === undefined) return undefined;
    // Many programs accept a host and a port without a scheme.
    const url = proxyUrl(named.value.includes("://") ? named.value : `http://${named.value}`);
    return (
      url ??
      wrong(`the variable ${named.variable} must be the URL of an HTTP proxy, such as http://proxy.example:3128.`)
    );
  };
  const tls = {
    ...(ca === undefined ? {} : { ca: copied(ca) }),
    ...(cert === undefined || key === undefined ? {} : { cert: buffer(cert), key: buffer(key) }),
    rejectUnauthorized: !insecureSkipVerify,
    ...(allowH2 === undefined ? {} : { allowH2 }),
  };
  const proxies = { "http:": viaProxy("http:"), "https:": viaProxy("https:") };
  const undici = given === undefined ? installedUndici() : givenUndici(given as typeof import("undici"));
  return fastFetch(
    undici.whole,
    createDispatcher(undici, {
      tls,
      pool: { ...(connections === undefined ? {} : { connections }), ...(allowH2 === undefined ? {} : { allowH2 }) },
      proxies,
      noProxy: noProxy ?? (envProxy ? environmentNoProxy() : ""),
    }),
  );
}

function copied(ca: NonNullable<NodeFetchOptions["ca"]>): string | Buffer | (string | Buffer)[] {
  return typeof ca === "string" || ArrayBuffer.isView(ca) ? buffer(ca) : ca.map(buffer);
}

function buffer(pem: string | Uint8Array): string | Buffer {
  return typeof pem === "string" ? pem : Buffer.from(pem);
}
