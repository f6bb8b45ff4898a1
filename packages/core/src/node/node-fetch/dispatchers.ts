import type { Dispatcher, Pool } from "undici";
import { networkCode } from "../../net/network-error.ts";
import { isProxyExcluded } from "./environment-proxy.ts";
import type { UndiciParts } from "./load-undici.ts";

export interface Reach {
  readonly tls: object;
  readonly pool: { readonly connections?: number; readonly allowH2?: boolean };
  /** Proxy URLs by the scheme of the requests. */
  readonly proxies: Readonly<Record<"http:" | "https:", string | undefined>>;
  readonly noProxy: string;
}

export type Sender = Pick<Dispatcher, "dispatch">;

export function createDispatcher(undici: UndiciParts, { tls, pool, proxies, noProxy }: Reach): Sender {
  const http = proxies["http:"];
  const https = proxies["https:"];
  const isDirect = http === undefined && https === undefined;
  const Agent = isDirect ? undici.agent() : undici.whole().Agent;
  const direct = new Agent({ ...pool, connect: tls });
  if (isDirect) return direct;
  const { Pool, ProxyAgent } = undici.whole();
  const through = (uri: string | undefined) =>
    uri === undefined
      ? direct
      : new ProxyAgent({
          ...pool,
          uri,
          requestTls: tls,
          proxyTls: tls,
          clientFactory: (origin, options) => toProxy(new Pool(origin, options)),
        });
  const secure = through(https);
  const plain = http === https ? secure : through(http);
  const chosen = new Map<string, Dispatcher>();

  const choose = (origin: string): Dispatcher => {
    const { protocol, hostname, port } = new URL(origin);
    const host = hostname.replace(/^\[(.*)\]$/, "$1");
    const isSecure = protocol === "https:";
    if (isProxyExcluded(noProxy, host, Number(port) || (isSecure ? 443 : 80))) return direct;
    return isSecure ? secure : plain;
  };
  const dispatch: Dispatcher["dispatch"] = (options, handler) => {
    const origin = String(options.origin);
    const known = chosen.get(origin) ?? choose(origin);
    chosen.set(origin, known);
    return known.dispatch(options, handler);
  };
  return { dispatch };
}

/**
 * undici retries forever if a proxy closes each tunnel before it is connected. With another error code the request
 * fails.
 */
function toProxy(pool: Pool): Pool {
  const connect = pool.connect.bind(pool) as (options: unknown) => Promise<unknown>;
  const failing = async (params: unknown) => {
    try {
      return await connect(params);
    } catch (error) {
      const code = networkCode(error);
      // The original error can contain a part of the proxy's response.
      throw Object.assign(new Error("the proxy gave no tunnel"), {
        code: code === "UND_ERR_SOCKET" ? "ECONNRESET" : code,
      });
    }
  };
  return Object.assign(pool, { connect: failing });
}

/** Returns `undefined` unless the text is the URL of an HTTP proxy. */
export function proxyUrl(text: string): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  try {
    decodeURIComponent(url.username + url.password);
    return text;
  } catch {
    return undefined;
  }
}
