import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { callVendor, type Flow } from "../../src/flow.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { clients, followingClients } from "../clients.ts";
import { digestVendor } from "../digest-vendor.ts";
import { fakeVendor } from "../fake-vendor.ts";
import { settle } from "../virtual-clock.ts";

const SIGNED_IN = ["401 GET /status", "200 GET /status nc=1"];

for (const { name, open } of clients) {
  describe(name, () => {
    test.each(["MD5", "SHA-256", "SHA-256-sess"])(
      "a digest session sends one request per call: %s",
      async (algorithm) => {
        const it = digestVendor();
        it.algorithm = algorithm;
        const call = open(it.vendor, it.session());
        for (const path of ["a", "b?zone=1&x=%20", "c"]) expect((await call(path)).status).toBe(200);
        expect(it.log).toEqual([...SIGNED_IN, "200 GET /a nc=2", "200 GET /b nc=3", "200 GET /c nc=4"]);
      },
    );

    test("G3: a stale nonce costs one more request but no login, and the whole body is sent again", async () => {
      const it = digestVendor();
      const session = it.session();
      const call = open(it.vendor, session);
      await session.login();
      it.expire();
      const response = await call("a", { method: "POST", body: "payload" });
      expect(await response.json()).toEqual({ path: "/a", body: "payload" });
      expect(it.log.slice(2)).toEqual(["401 POST /a nc=2", "200 POST /a nc=1"]);
      expect(it.bodies.slice(2)).toEqual(["payload", "payload"]);
    });

    test("G3: a challenge is answered once each time a call is sent; the next 401 is a rejection, and causes one login", async () => {
      const it = digestVendor();
      let logins = 0;
      const login = (context: Parameters<typeof it.flow.login>[0]) => {
        logins++;
        return it.flow.login(context);
      };
      // Answers each challenge, always wrongly.
      const sign = () => ({ authorization: 'Digest username="operator"' });
      const session = it.session(
        {},
        {
          login,
          sign: ({ url }, ...rest) =>
            url.pathname === "/a" ? sign() : (it.flow.sign?.({ method: "GET", url }, ...rest) ?? {}),
        },
      );
      const call = open(it.vendor, session);
      await session.login();
      expect((await call("a")).status).toBe(401);
      expect(it.log.filter((line) => line.includes("/a"))).toEqual(Array(4).fill("401 GET /a"));
      expect(logins).toBe(2);
    });

    test("G10: a wrong password is sent once in a login, and a changed password once by a session", async () => {
      const it = digestVendor();
      const session = it.session();
      const call = open(it.vendor, session);
      await session.login();
      it.vendor.password = "another made-up password";
      it.log.length = 0;
      await expect(call("a")).rejects.toMatchObject({ code: "invalid_credentials" });
      await expect(call("a")).rejects.toMatchObject({ code: "invalid_credentials" });
      expect(it.log).toEqual(["401 GET /a nc=2", "401 GET /status", "401 GET /status nc=1"]);
    });

    test("the nonce that a response announces is used next, without a challenge", async () => {
      const it = digestVendor();
      const session = it.session();
      const call = open(it.vendor, session);
      let next = 0;
      it.nextNonce = () => `next-${++next}`;
      for (const path of ["a", "b", "c"]) expect((await call(path)).status).toBe(200);
      expect(it.log).toEqual([...SIGNED_IN, "200 GET /a nc=2", "200 GET /b nc=1", "200 GET /c nc=1"]);
    });

    test("100 concurrent callers share one login, and no nonce count is used twice", async () => {
      const it = digestVendor();
      const call = open(it.vendor, it.session());
      const answers = await Promise.all(Array.from({ length: 100 }, (_, at) => call(`call-${at}`)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
      expect(it.log).toHaveLength(102);
    });

    test("G13: a signature that is invalid in a header is an error that names the field, and nothing is sent", async () => {
      const vendor = fakeVendor();
      const session = vendor.session({}, { sign: () => ({ "x-signature": "made-up-secret\r\nx-other: 1" }) });
      await session.login();
      vendor.seen.length = 0;
      const error = await open(vendor, session)("zones").catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "unexpected_response", vendor: "fake" });
      expect(inspect(error)).toContain("`sign` returned a header `x-signature`");
      expect(inspect(error)).not.toContain("made-up");
      expect(vendor.seen).toEqual([]);
    });

    test("a signature sees the method, the URL and the body, and the caller cannot replace it", async () => {
      const vendor = fakeVendor();
      const signed: unknown[] = [];
      const sign: Flow<string, unknown>["sign"] = async ({ method, url, body }, { data }, challenge) => {
        const text = typeof body === "string" ? body : body && new TextDecoder().decode(body as Uint8Array);
        signed.push([method, url.href, text, data, challenge]);
        return { "x-signature": `signed-${signed.length}` };
      };
      const session = vendor.session({}, { sign });
      const call = open(vendor, session);
      await call("zones?a=1", { method: "PUT", body: "payload", headers: { "X-Signature": "own", "x-own": "kept" } });
      expect(signed).toEqual([["PUT", "https://vendor.example/zones?a=1", "payload", "token-1", undefined]]);
      const { headers, body } = vendor.seen.at(-1) ?? expect.fail();
      expect([headers.get("x-signature"), headers.get("x-own"), body]).toEqual(["signed-1", "kept", "payload"]);
      expect(headers.get("authorization")).toBe("Bearer token-1");
    });
  });
}

for (const { name, open } of followingClients) {
  test(`${name}: a redirected request is signed for its new URL`, async () => {
    const it = digestVendor();
    const session = it.session();
    expect((await open(it.vendor, session)("away")).status).toBe(200);
    expect(it.log.slice(2)).toEqual(
      ["307 GET /away nc=2", "200 GET /to nc=3"].map((line) => line.replace("307", "200")),
    );
  });
}

test("a request of the flow with the data of a session is signed, and answers a challenge once", async () => {
  const it = digestVendor();
  const session = it.session(
    {},
    { logout: async (context, { data }) => void (await context.send("bye", { as: data })) },
  );
  await session.login();
  it.expire();
  await session.logout();
  expect(it.log.slice(2)).toEqual(["401 POST /bye nc=2", "200 POST /bye nc=1"]);
});

test.each([true, false])("a call of the vendor's package is signed (may sign in: %s)", async (login) => {
  const it = digestVendor();
  const session = it.session();
  await session.login();
  it.expire();
  expect((await callVendor(session, "own", { login })).status).toBe(200);
  expect(it.log.slice(2)).toEqual(["401 GET /own nc=2", "200 GET /own nc=1"]);
});

test("`authorization()` has the credential without signatures", async () => {
  expect(await digestVendor().session().authorization()).toEqual({ headers: {}, searchParams: {}, cookies: {} });
  const session = fakeVendor().session({}, { sign: () => ({ "x-signature": "made-up" }) });
  expect((await session.authorization()).headers).toEqual({ authorization: "Bearer token-1" });
});

test("concurrent calls that get the same nonce share its counter", async () => {
  const it = digestVendor();
  it.repeatsNonces = true;
  const store = memoryStore();
  await it.session({ store }).login();
  it.expire();
  it.log.length = 0;
  const other = it.session({ store });
  const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => other.fetch(`call-${at}`)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const counts = it.log.flatMap((line) => /^200 .* nc=(\d+)/.exec(line)?.[1] ?? []);
  expect(counts.map(Number).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("a stream that is longer than `replayLimit` is sent once, and its challenge is returned", async () => {
  const it = digestVendor();
  const session = it.session({ replayLimit: 4 });
  await session.login();
  it.expire();
  const body = new Blob(["longer than four bytes"]).stream();
  const response = await session.fetch("a", { method: "POST", body, duplex: "half" } as RequestInit);
  expect(response.status).toBe(401);
  expect(await response.text()).toBe("who are you?");
  expect(it.log.slice(2)).toEqual(["401 POST /a nc=2"]);
});

test("G13: neither the store nor an error contains the password, and a stored session needs one challenge", async () => {
  const it = digestVendor();
  const store = memoryStore();
  await it.session({ store }).login();
  const [value] = await Promise.all([...(await keysOf(store))]);
  expect(value).not.toContain("made-up-password");
  it.log.length = 0;
  const other = it.session({ store });
  for (const path of ["a", "b"]) expect((await other.fetch(path)).status).toBe(200);
  await settle();
  expect(it.log).toEqual(["401 GET /a", "200 GET /a nc=1", "200 GET /b nc=2"]);
});

async function keysOf(store: ReturnType<typeof memoryStore>): Promise<(string | undefined)[]> {
  const { storeKey } = await import("../../src/store/store-key.ts");
  return [await store.get(await storeKey(digestVendor().flow as Flow<unknown, unknown>, "operator"))];
}
