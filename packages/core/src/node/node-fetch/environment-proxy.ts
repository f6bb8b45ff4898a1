type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentProxy {
  readonly variable: string;
  /** As in the variable: it may contain a password and need not be a URL. */
  readonly value: string;
}

/**
 * Finds the proxy in `http_proxy` or `https_proxy`, otherwise in `all_proxy`. As with curl, lower-case names take
 * precedence. Empty variables do not count.
 * @param protocol `http:` or `https:`.
 * @param all whether `all_proxy` counts. Default: `true`.
 * @param env Default: this process's environment.
 */
export function environmentProxy(
  protocol: string,
  all = true,
  env: Environment = process.env,
): EnvironmentProxy | undefined {
  const own = protocol === "https:" ? "https_proxy" : "http_proxy";
  const names = [own, own.toUpperCase(), ...(all ? ["all_proxy", "ALL_PROXY"] : [])];
  const variable = names.find((name) => env[name]);
  return variable === undefined ? undefined : { variable, value: env[variable] ?? "" };
}

export function environmentNoProxy(env: Environment = process.env): string {
  return env.no_proxy ?? env.NO_PROXY ?? "";
}

/**
 * @param noProxy hosts separated by commas or white space, with optional ports: `example.com` with its subdomains,
 * `.example.com`, `*.example.com`, `10.0.0.7:8080`, `[::1]:8080`; `*` for all.
 * @param host without brackets, in lower case.
 */
export function isProxyExcluded(noProxy: string, host: string, port: number): boolean {
  return noProxy.split(/[\s,]+/).some((entry) => {
    if (entry === "") return false;
    const [, name = "", only] = ENTRY.exec(entry.toLowerCase()) ?? [];
    if (only !== undefined && Number(only) !== port) return false;
    if (name === "*") return true;
    const suffix = name.replace(/^\[(.*)\]$/, "$1").replace(/^\*?\./, "");
    return host === suffix || host.endsWith(`.${suffix}`);
  });
}

// An IPv6 address has a port only if it is in brackets.
const ENTRY = /^(\[.*\]|[^:]*|.*:.*:.*)(?::(\d+))?$/;
