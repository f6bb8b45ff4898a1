import { same } from "../checks.ts";
import type { Clause } from "../clause.ts";
import type { FlowSubject } from "./subject.ts";

/** A `fetch` that caches each response unless its request forbids that. */
function caching(fetch: typeof globalThis.fetch): {
  readonly fetch: typeof globalThis.fetch;
  readonly stored: string[];
} {
  const responses = new Map<string, Response>();
  const stored: string[] = [];
  return {
    stored,
    async fetch(input, init) {
      const request = new Request(input instanceof Request ? input.clone() : input, init);
      if ((init?.cache ?? request.cache) === "no-store") return fetch(input, init);
      const { method, url } = request;
      const key = `${method} ${url} ${await request.text()}`;
      const response = responses.get(key)?.clone() ?? (await fetch(input, init));
      responses.set(key, response.clone());
      // Without the query and the body, which can contain a secret.
      stored.push(`${method} ${new URL(url).pathname}`);
      return response;
    },
  };
}

export const cachingClauses: readonly Clause<FlowSubject>[] = [
  {
    name: "a `fetch` that caches stores nothing of a login, a renewal or a sign-out",
    async prove({ open, network, logins, call }) {
      const cache = caching(network.fetch);
      const session = open({ fetch: cache.fetch });
      await session.login();
      await session.renew();
      await session.logout();
      same(cache.stored, [], "requests whose responses were stored");
      const before = logins();
      const other = open({ fetch: cache.fetch });
      await other.login();
      same(logins() - before, 1, "logins of another session");
      await call(other, "another session");
    },
  },
];
