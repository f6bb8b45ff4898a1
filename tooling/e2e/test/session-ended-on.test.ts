import type { Session, SessionEndSigns } from "@vms/core";
import { sessionInterceptor } from "@vms/core/node";
import type { SessionEndedAs } from "@vms/simulator";
import { allVendors } from "@vms-tooling/vendors";
import { Agent, request } from "undici";
import { describe, expect, onTestFinished, test } from "vitest";
import { served } from "./served.ts";

const WAYS: Record<SessionEndedAs, { signs: SessionEndSigns; status: number }> = {
  "status-403": { signs: { status: [403] }, status: 403 },
  "status-419": { signs: { status: [419] }, status: 419 },
  redirect: { signs: { redirectTo: ["/sign-in"] }, status: 302 },
  html: { signs: { html: true }, status: 200 },
};

/** Makes a call, and returns its status and its content type. Redirects are not followed. */
type Call = (session: Session, url: string) => Promise<readonly [status: number, type: string]>;

const CLIENTS: Record<string, Call> = {
  "session.fetch": async (session, url) => read(await session.fetch(url, { redirect: "manual" })),
  "session.http": async (session, url) =>
    read(await session.http.get(url, { redirect: "manual", throwHttpErrors: false })),
  async sessionInterceptor(session, url) {
    const dispatcher = new Agent().compose(sessionInterceptor(session));
    onTestFinished(() => dispatcher.close());
    const { statusCode, headers, body } = await request(url, { dispatcher });
    await body.dump();
    return [statusCode, String(headers["content-type"])];
  },
};

function read({ status, headers }: Response) {
  return [status, headers.get("content-type") ?? ""] as const;
}

describe.each(allVendors)("$title", ({ key, create, firstCall }) => {
  async function setUp(sessionEndedAs: SessionEndedAs, sessionEndedOn?: SessionEndSigns) {
    const { simulator, at } = await served({ [key]: { sessionEndedAs } });
    const [server, { baseUrl }] = [simulator[key], at[key]];
    const more = sessionEndedOn === undefined ? {} : { sessionEndedOn };
    const session = create({ baseUrl, credentials: server.account, ...more });
    await session.login();
    server.revokeAll();
    return { server, session, url: `${baseUrl}/${firstCall}` };
  }

  for (const [endedAs, { signs, status }] of Object.entries(WAYS) as [SessionEndedAs, (typeof WAYS)["html"]][]) {
    for (const [name, call] of Object.entries(CLIENTS)) {
      test(`a session that ended as ${endedAs} is replaced during a call with ${name}, if that sign is named`, async () => {
        const { server, session, url } = await setUp(endedAs, signs);
        const [answered, type] = await call(session, url);
        expect([answered, /json/.test(type)]).toEqual([200, true]);
        expect(server.logins).toBe(2);
      });
    }

    test(`a session that ended as ${endedAs} is not replaced, if that sign is not named`, async () => {
      const { server, session, url } = await setUp(endedAs);
      const [answered, type] = (await CLIENTS["session.fetch"]?.(session, url)) ?? [];
      expect([answered, /json/.test(type ?? "")]).toEqual([status, false]);
      expect(server.logins).toBe(1);
    });
  }

  test("a followed redirect to a login page is noticed as well", async () => {
    const { server, session, url } = await setUp("redirect", { redirectTo: ["/sign-in"] });
    expect((await session.fetch(url)).headers.get("content-type")).toMatch(/json/);
    expect(server.requests.map(({ path }) => path)).not.toContain("/sign-in");
    expect(server.logins).toBe(2);
  });
});
