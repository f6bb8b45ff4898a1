import { checkNames } from "@vms/core/internal";
import { invalid } from "./invalid.ts";
import type { ProxyOptions } from "./options.ts";

// An object, so that the compiler notices a missing name.
const OPTIONS: Readonly<Record<keyof ProxyOptions, true>> = {
  session: true,
  sessions: true,
  token: true,
  hosts: true,
  endpoints: true,
  authorizationEndpoint: true,
  describeError: true,
  onFailure: true,
  accessLog: true,
  headersTimeout: true,
  maxUnauthenticated: true,
};

const FUNCTIONS = ["describeError", "onFailure", "accessLog"] as const;
const FLAGS = ["endpoints", "authorizationEndpoint"] as const;

/** The paths of the proxy's own endpoints beside sessions. */
const RESERVED = ["ready", "metrics"];

/** @throws {InvalidOptions} `invalid_options` for an option that is missing, unknown, malformed or contradicts another. */
export function checkOptions(options: ProxyOptions): void {
  if (typeof options !== "object" || options === null) throw invalid("the options must be an object.");
  checkNames("proxy", options, OPTIONS);
  checkSessions(options);
  const { token, hosts, endpoints = true, authorizationEndpoint = false } = options;
  const problem = token === undefined || token === false ? undefined : tokenProblem(token);
  if (problem !== undefined) throw invalid(`\`token\` ${problem}`);
  for (const name of FUNCTIONS) {
    if (options[name] !== undefined && typeof options[name] !== "function") {
      throw invalid(`\`${name}\` must be a function.`);
    }
  }
  for (const name of FLAGS) {
    if (options[name] !== undefined && typeof options[name] !== "boolean") {
      throw invalid(`\`${name}\` must be true or false.`);
    }
  }
  if (hosts !== undefined) checkHosts(hosts);
  if (authorizationEndpoint && token === false) {
    throw invalid("`authorizationEndpoint` needs a token: it gives the credential away. Leave out `token: false`.");
  }
  const taken = endpoints ? RESERVED.find((name) => Object.hasOwn(options.sessions ?? {}, name)) : undefined;
  if (taken !== undefined) {
    throw invalid(`\`sessions\`: /${taken} is the proxy's own. Rename the session, or set \`endpoints\` to false.`);
  }
}

/**
 * What is wrong with a token, to be put after its name. `undefined` if it can be used. A token is 32 characters or
 * longer and contains what a header, a URL and a cookie carry without escaping.
 */
export function tokenProblem(token: unknown): string | undefined {
  if (typeof token !== "string") return "must be a text.";
  if (token.length < 32) return `has ${token.length} characters. Use 32 or more random ones.`;
  return /^[\w.~+/-]+=*$/.test(token)
    ? undefined
    : "contains characters that a header cannot carry. Use letters, digits and - . _ ~ + / only.";
}

/** Whether a text is a host name or an IP address as in a URL, without a port. */
export function isHostName(text: unknown): text is string {
  return typeof text === "string" && /^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])$/i.test(text);
}

function checkSessions({ session, sessions }: ProxyOptions): void {
  if (session !== undefined && sessions !== undefined) throw invalid("set either `session` or `sessions`, not both.");
  if (session !== undefined) return;
  if (typeof sessions !== "object" || sessions === null) throw invalid("`session` or `sessions` is missing.");
  const names = Object.keys(sessions);
  if (names.length === 0) throw invalid("`sessions` is empty. Name at least one session.");
  const bad = names.find((name) => ["", ".", ".."].includes(name) || !name.isWellFormed());
  if (bad !== undefined) throw invalid(`\`sessions\`: ${JSON.stringify(bad)} cannot be a part of a path.`);
}

function checkHosts(hosts: readonly string[]): void {
  if (!Array.isArray(hosts)) throw invalid("`hosts` must be a list of host names.");
  const bad = hosts.find((host) => !isHostName(host));
  if (bad === undefined) return;
  throw invalid(`\`hosts\`: ${JSON.stringify(bad)} is no host name. Write it without a scheme, a port and wildcards.`);
}
