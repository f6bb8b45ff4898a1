import process from "node:process";
import { usesProxies } from "../../proxy/dispatcher.ts";
import type { Endpoint, Finding } from "./step.ts";

/** The HTTP proxy that the environment names for an endpoint. */
export interface EnvProxy {
  readonly variable: string;
  /** `undefined` if the variable does not contain a URL. */
  readonly url: URL | undefined;
  /** Whether this Node uses the proxy. */
  readonly used: boolean;
}

/** Finds the proxy of the environment, unless `NO_PROXY` excludes the endpoint. */
export function envProxy({ url, host, port }: Endpoint, ca: string | undefined): EnvProxy | undefined {
  const names = url.protocol === "https:" ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy", "HTTP_PROXY"];
  const variable = names.find((name) => process.env[name]);
  if (variable === undefined || isExcluded(host, port)) return undefined;
  // Profiles with their own certificates do not use the proxy.
  return {
    variable,
    url: URL.parse(process.env[variable] ?? "") ?? undefined,
    used: usesProxies() && ca === undefined,
  };
}

/** Reports the proxy, and whether it is used. */
export function proxyFinding({ variable, url, used }: EnvProxy, ca: string | undefined): Finding {
  const at = url === undefined ? "which is not a URL" : url.host;
  if (used) return { state: "note", text: `calls go through the proxy in ${variable}, ${at}.` };
  const why = ca === undefined ? "Node uses it only with NODE_USE_ENV_PROXY=1" : "the profile has its own --ca";
  const hint = "That is fine if the vendor can be reached without it.";
  return { state: "note", text: `the proxy in ${variable} (${at}) is not used, because ${why}.`, hint };
}

function isExcluded(host: string, port: number): boolean {
  const list = process.env.no_proxy ?? process.env.NO_PROXY ?? "";
  return list.split(/[\s,]+/).some((entry) => {
    if (entry === "") return false;
    if (entry === "*") return true;
    const [, name = "", only] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (only !== undefined && Number(only) !== port) return false;
    const suffix = name.replace(/^\*?\./, "");
    return host === suffix || host.endsWith(`.${suffix}`);
  });
}
