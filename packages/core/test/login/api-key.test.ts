import { describe, expect, test } from "vitest";
import type { ApiKeyProvider, CredentialsProvider } from "../../src/contract/credentials.ts";
import type { Flow } from "../../src/contract/flow/flow.ts";
import type { SessionOptions } from "../../src/contract/options.ts";
import { InvalidCredentials } from "../../src/errors/invalid-credentials.ts";
import { createSession } from "../../src/flow.ts";
import { KeptHistory } from "../../src/login/history/kept-history.ts";
import { memoryStore } from "../../src/store/memory-store.ts";
import { type FakeUser, fakeVendor } from "../fake-vendor.ts";

const KEY = "made-up-api-key";

type Options = Partial<SessionOptions<CredentialsProvider | ApiKeyProvider>>;

function keyVendor() {
  const vendor = fakeVendor();
  const keys = new Set([KEY, "another-made-up-key"]);
  const sent: string[] = [];
  const flow: Flow<string, FakeUser> = {
    ...vendor.flow,
    usernameOptional: true,
    async login(context) {
      const { apiKey, username, password } = await context.credentials();
      sent.push(apiKey ?? `${username} with a password`);
      if (apiKey !== undefined && !keys.has(apiKey)) throw new InvalidCredentials("fake", "the key was refused.");
      const response = await context.send("login", { json: { password: vendor.password } });
      const data = response.headers.get("x-token") ?? "";
      return { data, user: { name: apiKey === undefined ? password : context.account } };
    },
  };
  const session = (credentials: CredentialsProvider | ApiKeyProvider, options: Options = {}) =>
    createSession(flow, { fetch: vendor.fetch, ...options, credentials });
  return { vendor, keys, sent, flow, session };
}

describe("an API key instead of a user name and password", () => {
  test("signs in, and a digest of it names the account", async () => {
    const { session, sent } = keyVendor();
    const signedIn = session({ apiKey: KEY });
    expect((await signedIn.fetch("zones")).status).toBe(200);
    expect(sent).toEqual([KEY]);
    expect(signedIn.info?.account).toMatch(/^api-key-[0-9a-f]{16}$/);
    expect(JSON.stringify(signedIn.info)).not.toContain("made-up");
  });

  test("shares a stored session only with the same key", async () => {
    const { session, sent } = keyVendor();
    const store = memoryStore();
    await session({ apiKey: KEY }, { store }).login();
    await session(() => ({ apiKey: KEY }), { store }).login();
    expect(sent).toEqual([KEY]);
    await session({ apiKey: "another-made-up-key" }, { store }).login();
    expect(sent).toEqual([KEY, "another-made-up-key"]);
  });

  test("G10: is sent once if it is refused; a corrected key is sent immediately", async () => {
    const { session, sent } = keyVendor();
    const history = new KeptHistory();
    const wrong = session({ apiKey: "wrong" }, { loginHistory: history });
    for (let call = 0; call < 3; call++)
      await expect(wrong.fetch("zones")).rejects.toMatchObject({ code: "invalid_credentials" });
    const again = session({ apiKey: "wrong" }, { loginHistory: history });
    await expect(again.fetch("zones")).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(sent).toEqual(["wrong"]);
    expect((await session({ apiKey: KEY }, { loginHistory: history }).fetch("zones")).status).toBe(200);
  });

  test("can come from a function that is called at each login", async () => {
    const { session, sent, vendor } = keyVendor();
    let key = KEY;
    const signedIn = session(async () => ({ apiKey: key }));
    await signedIn.fetch("zones");
    key = "another-made-up-key";
    vendor.revoke();
    expect((await signedIn.fetch("zones")).status).toBe(200);
    expect(sent).toEqual([KEY, "another-made-up-key"]);
  });

  test("is one of two forms of credentials if the flow accepts both", async () => {
    const { session, sent } = keyVendor();
    await session({ username: "operator", password: "made-up" }).login();
    expect(sent).toEqual(["operator with a password"]);
  });

  test.each<[string, object, string]>([
    ["an empty key", { apiKey: "" }, "`apiKey` must be a non-empty string"],
    ["a key that is not a string", { apiKey: 1 }, "`apiKey` must be a non-empty string"],
    ["a key and a user name", { apiKey: KEY, username: "operator" }, "either `apiKey`, or `username` and `password`"],
    ["nothing", {}, "`username` must be a non-empty string"],
  ])("%s is `invalid_options`, at once or when a function returns it", async (_, credentials, message) => {
    const { session } = keyVendor();
    const open = (given: unknown) => session(given as CredentialsProvider);
    expect(() => open(credentials)).toThrow(message);
    await expect(open(() => credentials).login()).rejects.toMatchObject({ code: "invalid_options" });
    expect(() => open(credentials)).not.toThrow("made-up");
  });

  test("is refused by a flow that accepts only user names", () => {
    const { flow } = keyVendor();
    const credentials = { apiKey: KEY };
    expect(() => createSession({ ...flow, usernameOptional: false }, { credentials })).toThrow(
      "this vendor takes a `username` and `password`, not an `apiKey`",
    );
  });
});
