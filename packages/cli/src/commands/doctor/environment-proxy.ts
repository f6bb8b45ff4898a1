import { environmentNoProxy, environmentProxy, isProxyExcluded } from "@vms/core/internal/node";
import type { System } from "../../system/system.ts";
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
export function envProxy(
  { env, usesEnvironmentProxy }: System,
  { url, host, port }: Endpoint,
  ca: string | undefined,
): EnvProxy | undefined {
  // Node does not know `ALL_PROXY`.
  const named = environmentProxy(url.protocol, false, env);
  if (named === undefined || isProxyExcluded(environmentNoProxy(env), host, port)) return undefined;
  // Profiles with their own certificates do not use the proxy.
  return {
    variable: named.variable,
    url: URL.parse(named.value) ?? undefined,
    used: usesEnvironmentProxy && ca === undefined,
  };
}

/** Reports the proxy, and whether it is used. */
export function proxyFinding({ variable, url, used }: EnvProxy, ca: string | undefined): Finding {
  const at = url === undefined ? "which is not a URL" : url.host;
  if (used) return { state: "note", text: `calls go through the proxy in ${variable}, ${at}.` };
  const why = ca === undefined ? "Node uses it only with NODE_USE_ENV_PROXY=1" : "the profile has its own --ca";
  const hint = "That is not a problem if the vendor can be reached without it.";
  return { state: "note", text: `the proxy in ${variable} (${at}) is not used, because ${why}.`, hint };
}
