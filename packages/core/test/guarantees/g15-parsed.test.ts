import { describe, expect, test } from "vitest";
import type { Schema } from "../../src/contract/schema.ts";
import type { SessionStore } from "../../src/contract/session-store.ts";
import { type FakeUser, type FakeVendor, fakeVendor } from "../fake-vendor.ts";
import { shown } from "../shown.ts";
import { settle } from "../virtual-clock.ts";

type Values = Map<string, string>;
type Stored = Record<string, unknown>;

function mapStore(values: Values): SessionStore {
  return {
    get: async (key) => values.get(key),
    set: async (key, value) => void values.set(key, value),
    delete: async (key) => void values.delete(key),
  };
}

/** A store with a live record of the token `token-1`. */
async function stored(
  vendor: FakeVendor,
): Promise<{ values: Values; store: SessionStore; key: string; record: Stored }> {
  const values: Values = new Map();
  const store = mapStore(values);
  await vendor.session({ store }).login();
  const [key, value] = [...values][0] ?? ["", ""];
  vendor.seen.length = 0;
  return { values, store, key, record: JSON.parse(value).session as Stored };
}

const storedText = (session: unknown) => JSON.stringify({ session });
const changed = (change: Stored) => (record: Stored) => storedText({ ...record, ...change });
const without = (name: string) => (record: Stored) => storedText({ ...record, [name]: undefined });

const rubbish: [string, (record: Stored) => string][] = [
  ["is truncated", (record) => storedText(record).slice(0, -9)],
  ["is a bare record", (record) => JSON.stringify(record)],
  ["is empty", () => ""],
  ["is not JSON", () => "no session here"],
  ["is huge and not JSON", () => "x".repeat(8 * 1_048_576)],
  ["is nested without end", () => "[".repeat(200_000) + "]".repeat(200_000)],
  ["is null", () => "null"],
  ["is a list", (record) => storedText([record])],
  ["is in a list", (record) => JSON.stringify([{ session: record }])],
  ["is a text", (record) => storedText(JSON.stringify(record))],
  ["is of another vendor", changed({ vendor: "other" })],
  ["is of another account", changed({ account: "somebody-else" })],
  ["has no account", without("account")],
  ["has a number for an account", changed({ account: 7 })],
  ["has no data", without("data")],
  ["has data that the flow refuses", changed({ data: { token: "token-1" } })],
  ["has no base URL", without("baseUrl")],
  ["has no time of issue", without("issuedAt")],
  ["has a text for its time of issue", changed({ issuedAt: "2026-01-01T00:00:00Z" })],
  ["has null for its expiry, as JSON writes NaN", changed({ expiresAt: Number.NaN })],
  [
    "has an infinite end",
    (record) => storedText({ ...record, expiresAt: 0 }).replace(/"expiresAt":0/, '"expiresAt":1e999'),
  ],
  ["has a text for its expiry", changed({ expiresAt: "never" })],
  ["has null for its idle time", changed({ idleTimeout: null })],
  ["has null for its last use", changed({ usedAt: null })],
  ["has null for its hint", changed({ expiresHint: null })],
];

const addresses = [
  "https://evil.example/",
  "http://vendor.example/",
  "https://vendor.example:8443/",
  "https://vendor.example@evil.example/",
  "https://vendor.example.evil.example/",
  "not a URL",
  "/",
  // A path cannot be joined below these.
  "https://vendor.example",
  "https://vendor.example/rest",
  "https://operator:made-up@vendor.example/",
  "https://vendor.example/?next=",
  "https://vendor.example/#",
];

describe("a stored record", () => {
  for (const [what, write] of [
    ...rubbish,
    ...addresses.map((baseUrl) => [`calls ${baseUrl} its base URL`, changed({ baseUrl })] as const),
  ]) {
    test(`G15: that ${what} is never used, and is replaced by a login`, async () => {
      const vendor = fakeVendor();
      const { values, store, key, record } = await stored(vendor);
      values.set(key, write(record));
      const session = vendor.session({ store });
      const events: unknown[] = [];
      session.on("store_failed", (event) => events.push(event));
      const response = await session.fetch(".evil.example/zones").catch((error: unknown) => error);
      expect(response).toMatchObject({ status: 200 });
      expect(vendor.logins).toBe(2);
      expect(vendor.seen.map(({ url }) => new URL(url).origin)).toEqual(Array(2).fill("https://vendor.example"));
      expect(vendor.seen.map(({ headers }) => headers.get("authorization"))).toEqual([null, "Bearer token-2"]);
      expect(JSON.parse(values.get(key) ?? "").session).toMatchObject({
        data: "token-2",
        baseUrl: "https://vendor.example/",
      });
      expect(events).toEqual([]);
    });
  }

  test("G15: that is not a string is never used", async () => {
    for (const value of [null, 7, true, { data: "token-1" }, new Uint8Array(3)]) {
      const vendor = fakeVendor();
      const store: SessionStore = { ...mapStore(new Map()), get: async () => value as never };
      expect((await vendor.session({ store }).fetch("zones")).status).toBe(200);
      expect(vendor.logins).toBe(1);
    }
  });

  test("G15: that is invalid in a header is replaced", async () => {
    const vendor = fakeVendor();
    const { values, store, key, record } = await stored(vendor);
    values.set(key, changed({ data: "token\r\nx-evil: 1" })(record));
    expect((await vendor.session({ store }).fetch("zones")).status).toBe(200);
    expect(vendor.seen.every(({ headers }) => headers.get("x-evil") === null)).toBe(true);
    expect(vendor.logins).toBe(2);
  });

  test("G15: with a prototype property as a key is harmless", async () => {
    const vendor = fakeVendor();
    const { values, store, key, record } = await stored(vendor);
    values.set(key, storedText(record).replace(/\{(?="vendor)/, '{"__proto__":{"polluted":true},'));
    await vendor.session({ store }).fetch("zones");
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("G15: keeps unknown keys of its `user`, in `info` and in the store", async () => {
    const vendor = fakeVendor();
    const { values, store, key, record } = await stored(vendor);
    const user = { name: "operator", tenant: { id: 7, tags: ["a"] } };
    values.set(key, changed({ user, idleTimeout: 60_000, later: "key" })(record));
    const session = vendor.session({ store });
    expect((await session.login()).user).toEqual(user);
    expect(vendor.logins).toBe(1);
    await vendor.clock.advance(30_000);
    await session.fetch("zones");
    await settle();
    expect(JSON.parse(values.get(key) ?? "").session).toMatchObject({ user, later: "key", usedAt: vendor.clock.now() });
  });

  test("G15: is used as the flow's parse() returns it", async () => {
    const vendor = fakeVendor();
    const { values, store, key, record } = await stored(vendor);
    values.set(key, changed({ data: ["token-1"] })(record));
    const session = vendor.session({ store }, { parse: (data) => (data as string[])[0] ?? "" });
    expect(await (await session.fetch("zones")).json()).toMatchObject({ token: "token-1" });
    expect(vendor.logins).toBe(1);
  });
});

describe("credentials", () => {
  const wrong: [string, unknown, string][] = [
    ["nothing", undefined, "credentials"],
    ["null", null, "credentials"],
    ["a text", "made-up-secret", "credentials"],
    ["a number", 7, "credentials"],
    ["an empty object", {}, "username"],
    ["a list", ["operator", "made-up-secret"], "username"],
    ["no user name", { password: "made-up-secret" }, "username"],
    ["an empty user name", { username: "", password: "made-up-secret" }, "username"],
    ["a number for a user name", { username: 7, password: "made-up-secret" }, "username"],
    ["no password", { username: "operator" }, "password"],
    ["an empty password", { username: "operator", password: "" }, "password"],
    ["null for a password", { username: "operator", password: null }, "password"],
    ["a list for a password", { username: "operator", password: ["made-up-secret"] }, "password"],
  ];
  for (const [what, value, field] of wrong) {
    test(`G15: a function that returns ${what} is invalid_options that names \`${field}\`, before any request`, async () => {
      for (const credentials of [() => value, async () => value]) {
        const vendor = fakeVendor();
        const session = vendor.session({ credentials: credentials as never });
        for (const wait of [session.login(), session.fetch("a"), session.http.get("a", { retry: 0 })]) {
          const error: unknown = await wait.catch((thrown: unknown) => thrown);
          expect(error).toMatchObject({ code: "invalid_options", message: expect.stringContaining(`\`${field}\``) });
          expect(shown(error)).not.toContain("made-up-secret");
        }
        expect(vendor.seen).toHaveLength(0);
      }
    });

    test(`G15: ${what} given as a value is invalid_options that names \`${field}\`, when the session is created`, () => {
      const vendor = fakeVendor();
      expect(() => vendor.session({ credentials: value as never })).toThrow(
        expect.objectContaining({ code: "invalid_options", message: expect.stringContaining(`\`${field}\``) }),
      );
    });
  }

  test("G15: a function that failed is called again", async () => {
    const vendor = fakeVendor();
    const answers: unknown[] = [undefined, { username: "operator", password: vendor.password }];
    const session = vendor.session({ credentials: (() => answers.shift()) as never });
    await expect(session.fetch("a")).rejects.toMatchObject({ code: "invalid_options" });
    expect((await session.fetch("a")).status).toBe(200);
  });

  test("G15: a function's error is thrown to the caller, and nothing is sent", async () => {
    const failure = new Error("the vault is sealed");
    for (const credentials of [
      () => Promise.reject(failure),
      () => {
        throw failure;
      },
    ]) {
      const vendor = fakeVendor();
      await expect(vendor.session({ credentials }).fetch("a")).rejects.toBe(failure);
      expect(vendor.seen).toHaveLength(0);
    }
  });
});

describe("a login's response", () => {
  /** Requires `{ token: string, user: { id: number } }`. */
  const schema: Schema<{ token: string; user: { id: number } }> = {
    "~standard": {
      version: 1,
      vendor: "test",
      validate(value) {
        const { token, user } = (value ?? {}) as { token?: unknown; user?: { id?: unknown } };
        const issues = [
          ...(typeof token === "string" ? [] : [{ message: `not ${String(token)}`, path: ["token"] }]),
          ...(typeof user?.id === "number"
            ? []
            : [{ message: `not ${String(user?.id)}`, path: [{ key: "user" }, "id"] }]),
        ];
        return issues.length > 0 ? { issues } : { value: value as { token: string; user: { id: number } } };
      },
    },
  };
  const login = (body: string) => {
    const vendor = fakeVendor();
    vendor.next("/login", () => new Response(body));
    const session = vendor.session(
      {},
      {
        async login(context) {
          const { token, user } = (await context.send("login")).json(schema);
          return { data: token, user: user as unknown as FakeUser };
        },
      },
    );
    return { vendor, login: session.login() };
  };

  for (const [body, paths] of [
    ['{"token":"made-up-secret"}', ["user.id"]],
    ['{"token":["made-up-secret"],"user":{"id":1}}', ["token"]],
    ['{"token":null,"user":{"id":"made-up-secret"}}', ["token", "user.id"]],
    ['"made-up-secret"', ["token", "user.id"]],
    ["null", ["token", "user.id"]],
    ["[]", ["token", "user.id"]],
  ] as const) {
    test(`G15: ${body} is unexpected_response with the paths ${paths.join(" and ")} and no value`, async () => {
      const { vendor, login: wait } = login(body);
      const error = await wait.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "unexpected_response", paths, status: 200, retryable: false });
      for (const path of paths) expect((error as Error).message).toContain(path);
      expect(shown(error)).not.toContain("made-up-secret");
      expect(vendor.seen).toHaveLength(1);
    });
  }

  for (const body of ["", "<html>made-up-secret</html>", '{"token":"made-up-secret', "made-up-secret"]) {
    test(`G15: ${JSON.stringify(body)} is unexpected_response without a path, and not quoted`, async () => {
      const error = await login(body).login.catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: "unexpected_response", paths: [], status: 200 });
      expect(shown(error)).not.toContain("made-up-secret");
    });
  }

  test("G15: unknown keys of a response are kept", async () => {
    const info = await login('{"token":"t","user":{"id":1,"later":"key"},"more":1}').login;
    expect(info.user).toEqual({ id: 1, later: "key" });
  });
});
