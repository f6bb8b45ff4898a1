import type { Client } from "./clients/client.ts";

/** A compared program. */
export interface Contender {
  readonly name: string;
  /** `ours`: a session; `bare`: the client below a session; `other`: another program that stays signed in. */
  readonly kind: "ours" | "bare" | "other";
  /** Its module in `clients/`, without the extension. */
  readonly module: string;
  readonly packages: readonly string[];
  /** A description of its setup for the page. */
  readonly how: string;
}

/** The contenders, in the order of the tables. */
export const contenders: readonly Contender[] = [
  {
    name: "session.fetch",
    kind: "ours",
    module: "session-fetch",
    packages: ["@vms/core"],
    how: "A session of a flow with 15 lines.",
  },
  { name: "session.http", kind: "ours", module: "session-http", packages: ["@vms/core"], how: "The same session." },
  {
    name: "sessionInterceptor",
    kind: "ours",
    module: "session-interceptor",
    packages: ["@vms/core", "undici"],
    how: "The same session, with `undici.request`.",
  },
  {
    name: "session.fetch on nodeFetch",
    kind: "ours",
    module: "session-fetch-node",
    packages: ["@vms/core", "undici"],
    how: "The same session, with the option `fetch: nodeFetch()`.",
  },
  {
    name: "session.http on nodeFetch",
    kind: "ours",
    module: "session-http-node",
    packages: ["@vms/core", "undici"],
    how: "The same.",
  },
  {
    name: "bare fetch",
    kind: "bare",
    module: "bare-fetch",
    packages: [],
    how: "Node's `fetch` with a fixed header. It does not sign in again.",
  },
  {
    name: "bare nodeFetch",
    kind: "bare",
    module: "bare-node-fetch",
    packages: ["@vms/core", "undici"],
    how: "The same with `nodeFetch()`.",
  },
  { name: "bare ky", kind: "bare", module: "bare-ky", packages: ["ky"], how: "The same with ky." },
  {
    name: "bare undici.request",
    kind: "bare",
    module: "bare-undici",
    packages: ["undici"],
    how: "The same with `undici.request`.",
  },
  {
    name: "ky, its refresh recipe",
    kind: "other",
    module: "ky-recipe",
    packages: ["ky"],
    how: "The recipe in its README for a 401 in `afterResponse`.",
  },
  {
    name: "@azure/core-rest-pipeline",
    kind: "other",
    module: "azure",
    packages: ["@azure/core-rest-pipeline"],
    how: "`bearerTokenAuthenticationPolicy`, with a callback for challenges. The policy rejects `http:`, so a later policy changes the URL.",
  },
  {
    name: "google-auth-library",
    kind: "other",
    module: "google",
    packages: ["google-auth-library"],
    how: "`OAuth2Client` with `refreshHandler` and `forceRefreshOnFailure`.",
  },
  {
    name: "@octokit/core",
    kind: "other",
    module: "octokit",
    packages: ["@octokit/core", "@octokit/auth-callback"],
    how: "The strategy of `@octokit/auth-callback`, and `hook.wrap` for a 401, which no strategy handles.",
  },
  {
    name: "axios-auth-refresh",
    kind: "other",
    module: "axios",
    packages: ["axios", "axios-auth-refresh"],
    how: "As in its README, with axios.",
  },
  {
    name: "got, tough-cookie",
    kind: "other",
    module: "got",
    packages: ["got", "tough-cookie"],
    how: "The session is a cookie in the jar. `afterResponse` handles a 401, as in got's documentation.",
  },
];

/** Another setup of a contender that only matters for concurrent calls. */
export const concurrentOnly: readonly Contender[] = [
  {
    name: "axios-auth-refresh, not deduplicating",
    kind: "other",
    module: "axios-no-dedupe",
    packages: ["axios", "axios-auth-refresh"],
    how: "With `deduplicateRefresh: false`, which its README does not recommend.",
  },
];

/** Loads a contender's module and signs in. */
export async function openClient({ module }: Pick<Contender, "module">, base: string): Promise<Client> {
  const { open } = await import(new URL(`clients/${module}.ts`, import.meta.url).href);
  return open(base);
}
