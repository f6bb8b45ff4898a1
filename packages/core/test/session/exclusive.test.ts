import { describe, expect, test } from "vitest";
import type { Flow } from "../../src/contract/flow/flow.ts";
import { callVendor, tryPeekJson } from "../../src/flow.ts";
import { clients } from "../clients.ts";
import { type FakeUser, fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const HOUR = 3_600_000;

/** A vendor that replaces the token with each response, in a header or in the body. The old token stops working immediately. */
function rotatingVendor(where: "header" | "body") {
  const vendor = fakeVendor();
  const plain = vendor.fetch;
  let tokens = 0;
  let running = 0;
  let most = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const isLogin = request.url.endsWith("/login");
    running++;
    if (!isLogin) most = Math.max(most, running);
    try {
      await settle();
      const response = await plain(request);
      if (!response.ok || isLogin) return response;
      const token = `rotated-${++tokens}`;
      vendor.live.clear();
      vendor.live.add(token);
      return where === "header"
        ? new Response(await response.text(), { headers: { "x-next": token, "content-type": "application/json" } })
        : Response.json({ next: token });
    } finally {
      running--;
    }
  };
  const rotate: Flow<string, FakeUser>["rotate"] = async (response) => {
    const body = (await tryPeekJson(response, 4_096)) as { next?: string } | undefined;
    return body?.next;
  };
  const flow: Partial<Flow<string, FakeUser>> = {
    exclusive: true,
    rotate: where === "header" ? (response) => response.headers.get("x-next") ?? undefined : rotate,
  };
  return { vendor: Object.assign(vendor, { fetch }), flow, most: () => most };
}

for (const { name, open } of clients) {
  describe.each(["header", "body"] as const)(`${name}, a token that changes with each response, in a %s`, (where) => {
    test("50 concurrent calls all succeed, one at a time, after one login", async () => {
      const { vendor, flow, most } = rotatingVendor(where);
      const call = open(vendor, vendor.session({ fetch: vendor.fetch }, flow));
      const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => call(`call-${at}`)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(vendor.logins).toBe(1);
      expect(most()).toBe(1);
      const paths = vendor.seen.map(({ path }) => path).filter((path) => path.startsWith("/call-"));
      expect(paths).toEqual(Array.from({ length: 50 }, (_, at) => `/call-${at}`));
    });

    test("a rejected call signs in, and the calls behind it use the new session", async () => {
      const { vendor, flow } = rotatingVendor(where);
      const session = vendor.session({ fetch: vendor.fetch }, flow);
      const call = open(vendor, session);
      await call("first");
      vendor.revoke();
      const answers = await Promise.all(["a", "b", "c"].map((path) => call(path)));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(vendor.logins).toBe(2);
    });

    test("a call whose caller leaves while it waits is not sent, and delays no other call", async () => {
      const { vendor, flow } = rotatingVendor(where);
      const session = vendor.session({ fetch: vendor.fetch }, flow);
      const call = open(vendor, session);
      await session.login();
      const { arrived, release } = vendor.hold("/slow");
      const slow = call("slow");
      await arrived;
      const leaving = new AbortController();
      const left = call("left", { signal: leaving.signal });
      const behind = call("behind");
      leaving.abort();
      await expect(left).rejects.toMatchObject({ name: "AbortError" });
      release();
      expect((await slow).status).toBe(200);
      expect((await behind).status).toBe(200);
      expect(vendor.seen.map(({ path }) => path)).not.toContain("/left");
    });
  });
}

test("a renewal in the background uses the current token, because it takes a turn too", async () => {
  const { vendor, flow } = rotatingVendor("header");
  const extended: string[] = [];
  const session = vendor.session(
    { fetch: vendor.fetch, lifetime: HOUR },
    {
      ...flow,
      async extend(context, { data }) {
        extended.push(data);
        const response = await context.send("extend", { as: data });
        if (!response.ok) throw response.toError();
        return { data: response.headers.get("x-next") ?? "" };
      },
    },
  );
  for (let hour = 0; hour < 5; hour++) {
    const answers = await Promise.all(["a", "b", "c"].map((path) => session.fetch(path)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await vendor.clock.advance(0.99 * HOUR);
  }
  expect(vendor.logins).toBe(1);
  expect(extended.length).toBeGreaterThan(2);
});

test("a call of the vendor's package takes a turn, even if it may not sign in", async () => {
  const { vendor, flow } = rotatingVendor("header");
  const session = vendor.session({ fetch: vendor.fetch }, flow);
  await session.login();
  const answers = await Promise.all([
    session.fetch("a"),
    callVendor(session, "b", { login: false }),
    callVendor(session, "c"),
    session.fetch("d"),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});

test("`logout()` ends the session with the token of the last response", async () => {
  const { vendor, flow } = rotatingVendor("header");
  const session = vendor.session({ fetch: vendor.fetch }, flow);
  await session.login();
  const { arrived, release } = vendor.hold("/slow");
  const slow = session.fetch("slow");
  await arrived;
  const ended = session.logout();
  await settle();
  release();
  await Promise.all([slow, ended]);
  expect(vendor.seen.at(-1)).toMatchObject({ path: "/logout", status: 200 });
});
