import { expect, test } from "vitest";
import { memoryStore } from "../../src/store/memory-store.ts";
import { CREDENTIALS, fakeVendor } from "../fake-vendor.ts";

const { username } = CREDENTIALS;

test("a password function is called once for each login", async () => {
  const vendor = fakeVendor();
  let asked = 0;
  const password = () => {
    asked++;
    return CREDENTIALS.password;
  };
  const session = vendor.session({ credentials: { username, password } });
  expect(asked).toBe(0);
  await Promise.all([session.fetch("zones"), session.fetch("zones")]);
  expect(asked).toBe(1);
  await session.renew();
  expect(asked).toBe(2);
});

test("a stored session is used without the password", async () => {
  const vendor = fakeVendor();
  const store = memoryStore();
  await vendor.session({ store }).login();
  const password = () => Promise.reject(new Error("nobody is there to ask"));
  const session = vendor.session({ store, credentials: { username, password } });
  expect((await session.fetch("zones")).status).toBe(200);
  vendor.revoke();
  await expect(session.fetch("zones")).rejects.toThrow("nobody is there to ask");
  expect(vendor.logins).toBe(1);
});

test("G10: a refused password is not sent again while the function returns the same one", async () => {
  const vendor = fakeVendor();
  let password = "wrong";
  const session = vendor.session({ credentials: { username, password: () => password } });
  const codeOf = (error: unknown) => (error as { code?: unknown }).code;
  expect(await session.login().catch(codeOf)).toBe("invalid_credentials");
  expect(await session.login().catch(codeOf)).toBe("invalid_credentials");
  expect(vendor.seen).toHaveLength(1);
  password = CREDENTIALS.password;
  await session.login();
  expect(vendor.seen).toHaveLength(2);
});

test.each([
  ["credentials", () => new Promise<never>(() => {})],
  ["password", { username, password: () => new Promise<never>(() => {}) }],
] as const)(
  "a `%s` function that does not settle within `timeout` fails the login, and the error names it",
  async (name, credentials) => {
    const vendor = fakeVendor();
    const call = vendor.session({ credentials, timeout: 5_000 }).fetch("zones");
    const failed = expect(call).rejects.toMatchObject({
      code: "vendor_unavailable",
      message: expect.stringContaining(`the function \`${name}\``),
    });
    await vendor.clock.advance(5_000);
    await failed;
    expect(vendor.seen).toEqual([]);
  },
);

for (const [what, value] of [
  ["nothing", undefined],
  ["an empty text", ""],
  ["a number", 4711],
] as const) {
  test(`a password function that returns ${what} is invalid_options`, async () => {
    const vendor = fakeVendor();
    const session = vendor.session({ credentials: { username, password: () => value as string } });
    await expect(session.login()).rejects.toMatchObject({ code: "invalid_options" });
    expect(vendor.seen).toHaveLength(0);
  });
}
