import { describe, expect, test } from "vitest";
import type { Authorization } from "../../src/contract/authorization.ts";
import { fakeVendor } from "../fake-vendor.ts";

/** The request as it arrives if a flow sends it `as` a session. */
async function sentAs(authorize: (data: string) => Partial<Authorization>, path: string, baseUrl?: URL) {
  const vendor = fakeVendor();
  const session = vendor.session(
    {},
    {
      authorize: ({ data }) => authorize(data),
      headers: { accept: "application/json, */*" },
      async login({ send }) {
        await send(path, { as: "made-up-token", json: { a: 1 }, headers: { "x-step": "switch" } });
        return { data: "made-up-token", user: { name: "x" } };
      },
      ...(baseUrl === undefined ? {} : { baseUrl }),
    },
  );
  await session.login();
  return vendor.seen[0];
}

describe("a flow's request `as` a session", () => {
  test("has the headers and cookies of the flow's `authorize`, and its own headers", async () => {
    const request = await sentAs(
      (token) => ({ headers: { authorization: `Bearer ${token}` }, cookies: { sid: token } }),
      "switch",
    );
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      authorization: "Bearer made-up-token",
      cookie: "sid=made-up-token",
      accept: "application/json, */*",
      "content-type": "application/json",
      "x-step": "switch",
    });
  });

  test("has the query parameters of the session, and those of its own path", async () => {
    const request = await sentAs((token) => ({ searchParams: { A: token } }), "switch?to=7");
    expect(request?.url).toBe("https://vendor.example/switch?to=7&A=made-up-token");
  });

  test("is not sent to an origin that must not receive the credential", async () => {
    const sent = sentAs((token) => ({ headers: { authorization: token } }), "https://elsewhere.example/switch");
    await expect(sent).rejects.toMatchObject({ code: "origin_not_allowed" });
  });

  test("hides the credential if the vendor quotes it", async () => {
    const vendor = fakeVendor();
    let shown = "";
    const session = vendor.session(
      {},
      {
        async login({ send, redact }) {
          await send("switch", { as: "made-up-token" });
          shown = redact("no such session: made-up-token");
          return { data: "made-up-token", user: { name: "x" } };
        },
      },
    );
    await session.login();
    expect(shown).toBe("no such session: [redacted]");
  });

  test("goes to the session's own base URL, or else to the flow's", async () => {
    const vendor = fakeVendor();
    const moved = "https://moved.example/v2/";
    const session = vendor.session(
      {},
      {
        allowedOrigins: ["https://moved.example"],
        authorize: ({ baseUrl }) => ({ headers: { "x-base": baseUrl } }),
        login: async () => ({ data: "token-m", user: { name: "x" }, baseUrl: new URL(moved) }),
        async logout({ send }, { data }) {
          for (const path of [`${moved}logout`, "logout"]) await send(path, { as: data });
        },
      },
    );
    await session.login();
    await session.logout();
    expect(vendor.seen.map(({ headers }) => headers.get("x-base"))).toEqual([moved, "https://vendor.example/"]);
  });
});

test("a sign-out that requests the credentials fails with session_closed", async () => {
  const session = fakeVendor().session({}, { logout: async (context) => void (await context.credentials()) });
  await session.login();
  await expect(session.logout()).rejects.toMatchObject({
    code: "session_closed",
    problem: "a sign-out has no credentials.",
  });
});
