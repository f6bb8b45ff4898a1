import { expect, onTestFinished, test } from "vitest";
import { rows } from "../src/canaries/targets.ts";
import { unmarked } from "../src/sign-ins/marked-codes.ts";
import { serveFixture } from "../src/sign-ins/serve-fixture.ts";

/** A `fetch` that stores each response unless its request forbids it, like a framework. */
function cachingFetch() {
  const stored = new Map<string, Response>();
  const paths: string[] = [];
  const through: typeof globalThis.fetch = async (input, marked) => {
    const init = unmarked(marked);
    const request = new Request(input, init);
    if (request.cache === "no-store") return fetch(input, init);
    const key = `${request.method} ${request.url} ${await request.text()}`;
    const response = stored.get(key)?.clone() ?? (await fetch(input, init));
    stored.set(key, response.clone());
    paths.push(new URL(request.url).pathname);
    return response;
  };
  return { through, paths };
}

for (const { name, open, passwordOptional } of rows) {
  test(`G11: ${name}: a caching fetch stores nothing of a login, a renewal or a sign-out`, async () => {
    const fixture = open();
    const { server, create } = fixture;
    const { baseUrl, close } = await serveFixture(fixture, passwordOptional);
    onTestFinished(close);
    const { through, paths } = cachingFetch();
    const before = server.logins;
    for (let number = 1; number <= 2; number++) {
      const session = create({ baseUrl, credentials: server.account, fetch: through });
      await session.login();
      expect(server.logins - before).toBe(2 * number - 1);
      await session.renew();
      expect(server.logins - before).toBe(2 * number);
      await session.logout();
    }
    expect(paths).toEqual([]);
  });
}
