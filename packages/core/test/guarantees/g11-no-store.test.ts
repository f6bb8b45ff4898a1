import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import * as undici7 from "undici";
import * as undici8 from "undici8";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { createSession } from "../../src/session/create-session.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";

afterEach(() => vi.unstubAllGlobals());

test("G11: a login, a resumption, an extension, an abandoned login and a sign-out forbid caching; a call does not", async () => {
  const vendor = fakeVendor();
  vendor.lifetime = 100_000;
  const cacheOf: Record<string, RequestCache | undefined> = {};
  const session = vendor.session(
    {
      cookies: { sid: "made-up" },
      fetch: (input, init) => {
        cacheOf[new URL(String(input)).pathname] = init?.cache;
        return vendor.fetch(input, init);
      },
    },
    {
      async resume(context) {
        await context.send("resume");
        return undefined;
      },
      async login(context) {
        (context.draft as { half?: boolean }).half = true;
        return vendor.flow.login(context);
      },
      async abandon(context) {
        await context.send("abandon", { method: "GET" });
      },
      async extend(context) {
        await context.send("extend");
        return { data: [...vendor.live][0] ?? "", expiresIn: 1_000_000 };
      },
    },
  );
  vendor.next("/login", () => new Response(null, { status: 400 }));
  await session.login().catch(() => {});
  await session.renew();
  await vendor.clock.advance(99_000);
  await session.fetch("zones", { cache: "force-cache" });
  await vendor.clock.advance(0);
  await session.logout();
  expect(cacheOf).toEqual({
    "/resume": "no-store",
    "/login": "no-store",
    "/abandon": "no-store",
    "/extend": "no-store",
    "/zones": "force-cache",
    "/logout": "no-store",
  });
});

test("G11: `cache` is not passed to a runtime that refuses it", async () => {
  class OlderRequest extends Request {
    constructor(input: string | URL | Request, init?: RequestInit) {
      if (init?.cache !== undefined)
        throw new Error("The 'cache' field on 'RequestInitializerDict' is not implemented.");
      super(input, init);
    }
  }
  const vendor = fakeVendor();
  vi.stubGlobal("Request", OlderRequest);
  await vendor.session().login();
  expect(vendor.logins).toBe(1);
});

for (const [version, undici] of [
  ["7", undici7],
  ["8", undici8 as unknown as typeof undici7],
] as const) {
  test(`G11: with the cache interceptor of undici ${version}, each session sends its login to the vendor`, async () => {
    let tickets = 0;
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.setHeader("cache-control", "max-age=3600");
      response.end(String(++tickets));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const dispatcher = new undici.Agent().compose(undici.interceptors.cache());
    onTestFinished(async () => {
      await dispatcher.close();
      server.close();
    });
    const fetch = ((input: string, init: object) => undici.fetch(input, { ...init, dispatcher })) as never;
    const { flow } = fakeVendor();
    const open = () =>
      createSession(
        {
          ...flow,
          baseUrl: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
          async login(context) {
            const answer = await context.send("ticket", { method: "GET" });
            return { data: answer.json(anyNumber), user: { name: CREDENTIALS.username } };
          },
        },
        { credentials: CREDENTIALS, fetch },
      );
    const tokens: string[] = [];
    for (const _ of "ab") tokens.push((await open().authorization()).headers.authorization ?? "");
    expect(tokens).toEqual(["Bearer 1", "Bearer 2"]);
    expect(seen).toEqual(["GET /ticket", "GET /ticket"]);
  });
}

/** The shape of a response that is a number. */
const anyNumber = {
  "~standard": { version: 1, vendor: "fake", validate: (value: unknown) => ({ value: String(value) }) },
} as const;
